package shotdetect

import (
	"reflect"
	"testing"
)

func TestLonger(t *testing.T) {
	cut := func(frame int64, score float64) Boundary {
		return Boundary{Type: Cut, Start: frame - 1, End: frame, Score: score}
	}
	for _, test := range []struct {
		name        string
		least       int64
		found, want []Boundary
	}{
		{"nothing", 10, nil, nil},
		{"all long enough", 10, []Boundary{cut(10, .9), cut(20, .9)}, []Boundary{cut(10, .9), cut(20, .9)}},
		{"the less sure of two goes", 10, []Boundary{cut(20, .9), cut(25, .6)}, []Boundary{cut(20, .9)}},
		{"whichever side it is on", 10, []Boundary{cut(20, .6), cut(25, .9)}, []Boundary{cut(25, .9)}},
		{"the later where both are as sure", 10, []Boundary{cut(20, .9), cut(25, .9)}, []Boundary{cut(20, .9)}},
		{"at the film's ends there is one", 10, []Boundary{cut(5, .9), cut(95, .9)}, nil},
		{"a flurry", 10, []Boundary{cut(40, .9), cut(43, .5), cut(46, .7), cut(49, .9)}, []Boundary{cut(40, .9)}},
		{"a gradual one counts half to each", 10, []Boundary{{Type: Dissolve, Start: 10, End: 31, Score: .9}, cut(31, .95)}, []Boundary{{Type: Dissolve, Start: 10, End: 31, Score: .9}, cut(31, .95)}},
		{"longer than the film", 1000, []Boundary{cut(50, .9)}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Longer(test.found, 100, func(s Shot) bool { return s.Span.Len() >= test.least })
			if len(got)+len(test.want) > 0 && !reflect.DeepEqual(got, test.want) {
				t.Errorf("left %+v, want %+v", got, test.want)
			}
		})
	}
}
