// Package mood scores shots on axes that an editor thinks in: joy, sadness, tension, nostalgia and others.
//
//	wish, err := mood.Parse("lonely but hopeful")
//	wish.Traits, err = mood.ParseTraits(mood.Picture, "dark,still,red")
//	direction, err := wish.Toward(models)
//	question := meaning.Along(direction.Any, direction.English) // how much a line says of it
//	fit := wish.Judge(facets)                                   // what pictures, pace and sound say of it
//
// # Axes
//
// An axis is no word but the mean of a dozen sentences in which somebody is in that mood, in three languages, embedded and seen from the
// mean of all axes ([Axes], sentences.tsv). A mood that is written in free text is taken apart into the axes that its words name, in
// English, Polish or Japanese; where it names none, it goes to the axes that it lies near as a sentence. How much a line is of a mood
// is one product with the vector that is kept of it anyway.
//
// # Facets
//
// Beside the words, three plain facets speak: the picture (brightness, contrast, colours, motion), the pace (cuts around the shot) and the
// sound (loudness against the rest of the episode). They are kept apart from one another and from the axes, each with its value, for
// pictures alone tell how stirring a shot is and hardly whether it is happy or sad.
//
// A facet is judged by bars that are the same for every library, not by where a shot stands among the others of one: a shot that is
// called dark is dark to the eye, on every machine, and stays so when the library grows. Only loudness is told against the episode's own,
// for releases differ by more than scenes do.
package mood
