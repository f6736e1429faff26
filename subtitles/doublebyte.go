package subtitles

// doubleByte walks a charset of one and two bytes and weighs its characters by the zone they lie in: the standards put common
// characters first, so a text in the wrong charset falls into the rare zones.
type doubleByte struct {
	lead   func(b byte) bool
	trail  func(b byte) bool
	common func(lead, trail byte) bool // characters of everyday text
	kana   func(lead byte) bool        // the script that only this charset's language writes
	single func(b byte) bool           // high bytes that stand alone: half-width katakana
}

func within(lo, hi byte) func(byte) bool { return func(b byte) bool { return lo <= b && b <= hi } }

func never(byte) bool { return false }

var doubleBytes = map[string]doubleByte{
	"shift_jis": {
		lead:   func(b byte) bool { return b >= 0x81 && b <= 0x9f || b >= 0xe0 && b <= 0xfc },
		trail:  func(b byte) bool { return b >= 0x40 && b <= 0xfc && b != 0x7f },
		common: func(l, _ byte) bool { return l == 0x81 || l >= 0x88 && l <= 0x98 },
		kana:   within(0x82, 0x83),
		single: within(0xa1, 0xdf),
	},
	"euc-jp": {
		lead: within(0xa1, 0xfe), trail: within(0xa1, 0xfe),
		common: func(l, _ byte) bool { return l == 0xa1 || l >= 0xb0 && l <= 0xcf },
		kana:   within(0xa4, 0xa5), single: never,
	},
	"gb18030": {
		lead:   within(0x81, 0xfe),
		trail:  func(b byte) bool { return b >= 0x40 && b != 0x7f && b != 0xff },
		common: func(l, t byte) bool { return t >= 0xa1 && (l == 0xa1 || l == 0xa3 || l >= 0xb0 && l <= 0xd7) },
		kana:   never, single: never,
	},
	"big5": {
		lead:   within(0x81, 0xfe),
		trail:  func(b byte) bool { return b >= 0x40 && b <= 0x7e || b >= 0xa1 && b <= 0xfe },
		common: func(l, _ byte) bool { return l == 0xa1 || l >= 0xa4 && l <= 0xc6 },
		kana:   never, single: never,
	},
	"euc-kr": {
		lead:   within(0x81, 0xfe),
		trail:  func(b byte) bool { return b >= 0x41 && b != 0xff },
		common: func(l, t byte) bool { return t >= 0xa1 && l == 0xa1 },
		kana:   func(l byte) bool { return l >= 0xb0 && l <= 0xc8 }, // Hangul
		single: never,
	},
}

// Log likelihoods of a character, shared among its high bytes.
const (
	ownScript = -4.8
	everyday  = -6.4
	rare      = -15.0
	stray     = -6.0 // beside a Latin letter, more often an accented letter of its own
)

// score is the mean log likelihood of data's high bytes.
func (d doubleByte) score(data []byte) float64 {
	sum, n := 0.0, 0
	var before byte // the byte before, where it is a character of its own
	for i := 0; i < len(data); i++ {
		b := data[i]
		if b < 0x80 {
			before = b
			continue
		}
		n++
		next := byte(' ')
		if i+1 < len(data) {
			next = data[i+1]
		}
		switch {
		case d.single(b):
			sum += alien
		case !d.lead(b) || !d.trail(next):
			sum += 2 * alien
		default:
			if sum += d.weigh(b, next); next >= 0x80 {
				n++
			}
			if latin(before) || i+2 < len(data) && latin(data[i+2]) {
				sum += stray
			}
			i++
		}
		before = 0
	}
	return sum / float64(max(1, n))
}

func (d doubleByte) weigh(lead, trail byte) float64 {
	switch {
	case d.kana(lead) && trail >= 0x80 || d.kana(lead) && lead < 0xa0:
		return ownScript
	case d.common(lead, trail):
		return everyday
	}
	return rare
}

func latin(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
