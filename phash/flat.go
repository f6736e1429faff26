package phash

// FlatVariance is the variance of a 64x64 gray picture up to which its hash means little.
const FlatVariance = 30

// Flat tells whether a picture of this variance has too little contrast to be matched by its hash.
func Flat(variance float32) bool { return variance < FlatVariance }
