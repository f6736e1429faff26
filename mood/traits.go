package mood

import "math"

// Trait is what one can say of a picture, a pace or a sound: dark, still, red, fast, quiet.
type Trait struct {
	Name  string
	Facet Facet
	Means string   // what is measured, and the bars
	Words []string // other words for it, folded; one that ends in * stands for all that begin so

	measure func(*Facets) (value float64, known bool)
	none    float64 // the value from which on it is not at all so
	full    float64 // the value from which on it is wholly so
}

// Fit is how far f has the trait, 0 to 1, by what value, and whether that is known. What has half of it may be called so.
func (t Trait) Fit(f *Facets) (fit, value float64, known bool) {
	value, known = t.measure(f)
	if !known || math.IsNaN(value) {
		return 0, 0, false
	}
	return max(0, min(1, (value-t.none)/(t.full-t.none))), value, true
}

// enough is the fit from which on a shot is called so.
const enough = 0.5

// Traits are all traits, in a fixed order.
func Traits() []Trait { return append([]Trait(nil), traits...) }

func sure(of func(*Facets) float64) func(*Facets) (float64, bool) {
	return func(f *Facets) (float64, bool) { return of(f), true }
}

var (
	brightness = sure(func(f *Facets) float64 { return f.Brightness })
	contrast   = sure(func(f *Facets) float64 { return f.Contrast })
	saturation = sure(func(f *Facets) float64 { return f.Saturation })
	warmth     = sure(func(f *Facets) float64 { return f.Warmth })
	motion     = sure(func(f *Facets) float64 { return f.Motion })
	cutRate    = sure(func(f *Facets) float64 { return f.CutRate })
	level      = func(f *Facets) (float64, bool) { return f.Level, f.Sounds && !f.Silent }
	silence    = func(f *Facets) (float64, bool) {
		if f.Silent {
			return 1, f.Sounds
		}
		return 0, f.Sounds
	}
)

// share is how much of the picture has one of the colours.
func share(names ...string) func(*Facets) (float64, bool) {
	var places []int
	for i, c := range colours {
		for _, n := range names {
			if c == n {
				places = append(places, i)
			}
		}
	}
	return func(f *Facets) (sum float64, known bool) {
		if len(f.Shares) != len(colours) {
			return 0, false
		}
		for _, i := range places {
			sum += f.Shares[i]
		}
		return sum, true
	}
}

// ground is how much of the picture is a plain black or white, where something else is on it.
func ground(name string) func(*Facets) (float64, bool) {
	of := share(name)
	return func(f *Facets) (float64, bool) {
		v, known := of(f)
		if v > .985 {
			v = 0 // nothing is on it
		}
		return v, known
	}
}

func trait(facet Facet, name string, measure func(*Facets) (float64, bool), none, full float64, means, words string) Trait {
	return Trait{Name: name, Facet: facet, Means: means, Words: phrases(words), measure: measure, none: none, full: full}
}

var traits = []Trait{
	trait(Picture, "dark", brightness, .35, .1, "mean brightness, 0 to 1", `dim night noir shadow* ciemn* mrocz* noc nocn* 暗い 暗 夜 闇`),
	trait(Picture, "bright", brightness, .45, .75, "mean brightness, 0 to 1", `light sunny jasn* swietl* 明るい 明る 眩し`),
	trait(Picture, "contrasty", contrast, .35, .55, "spread of brightness, 0 to 1", `"high contrast" high-contrast contrast kontrast* "wysoki kontrast" コントラスト ハイコントラスト`),
	trait(Picture, "flat", contrast, .35, .15, "spread of brightness, 0 to 1", `"low contrast" low-contrast hazy foggy plask* mglist* "niski kontrast" ローコントラスト 霞`),
	trait(Picture, "colourful", saturation, .15, .35, "mean distance from gray", `colorful vivid saturated kolorow* barwn* カラフル 鮮やか 色鮮やか`),
	trait(Picture, "gray", saturation, .1, .02, "mean distance from gray", `grey monochrome "black and white" colourless colorless desaturated faded szar* "czarno-bial*" bezbarwn* モノクロ 白黒 灰色 グレー`),
	trait(Picture, "warm", warmth, 0, .14, "-1 cyan to 1 red", `sepia sunset ciepl* 暖色 暖かい 夕焼け`),
	trait(Picture, "cold", warmth, 0, -.14, "-1 cyan to 1 red", `cool chlodn* zimn* 寒色 冷たい`),
	trait(Picture, "moving", motion, .01, .05, "mean change of brightness from frame to frame", `motion action dynamic movement ruch* dynamiczn* 動き 動く 激しい ダイナミック`),
	trait(Picture, "still", stillness, .3, .8, "share of time without motion", `static frozen calm motionless nieruchom* statyczn* 静止 静か 止ま`),
	trait(Picture, "red", share("red"), .05, .3, "share of the picture", `crimson scarlet czerwon* czerwien 赤い 赤 紅`),
	trait(Picture, "orange", share("orange"), .15, .5, "share of the picture", `amber pomaranczow* オレンジ 橙`),
	trait(Picture, "yellow", share("yellow"), .05, .3, "share of the picture", `gold golden zolt* zlot* 黄色 黄 金色`),
	trait(Picture, "green", share("green"), .1, .4, "share of the picture", `zielon* zielen 緑 緑色`),
	trait(Picture, "cyan", share("cyan"), .08, .35, "share of the picture", `teal turquoise turkus* シアン 水色 青緑`),
	trait(Picture, "blue", share("blue", "cyan"), .12, .45, "share of the picture, cyan with it", `azure navy niebiesk* blekit* granat* 青い 青`),
	trait(Picture, "purple", share("purple"), .05, .3, "share of the picture", `violet lilac fiolet* 紫`),
	trait(Picture, "pink", share("pink"), .06, .3, "share of the picture", `magenta rozow* ピンク 桃色 桜色`),
	trait(Picture, "brown", share("brown"), .12, .45, "share of the picture", `brazow* 茶色 茶`),
	trait(Picture, "black", share("black"), .3, .75, "share of the picture", `czarn* czern 黒い 黒`),
	trait(Picture, "white", share("white"), .2, .6, "share of the picture", `bial* biel 白い 白`),
	trait(Picture, "black background", ground("black"), .4, .7, "share of the picture that is plain black, with something on it",
		`"on black" "black bg" "czarne tlo" "czarnym tle" 黒背景`),
	trait(Picture, "white background", ground("white"), .4, .7, "share of the picture that is plain white, with something on it",
		`"on white" "white bg" "biale tlo" "bialym tle" 白背景`),
	trait(Pace, "fast", cutRate, 12, 30, "cuts a minute in the half minute around", `quick rapid hectic szybk* 速い 早い 高速`),
	trait(Pace, "slow", cutRate, 14, 4, "cuts a minute in the half minute around", `woln* powoln* 遅い ゆっくり`),
	trait(Sound, "loud", level, 0, 8, "dB above the episode's usual", `glosn* noisy うるさい 大音量`),
	trait(Sound, "quiet", level, 0, -10, "dB above the episode's usual", `soft cich* 静か 小さい`),
	trait(Sound, "silent", silence, 0, 1, "nothing is heard", `silence mute cisza bezglos* niem* 無音 静寂`),
}

// stillness is what does not move: frames that repeat the one before, or motion that the eye hardly sees.
func stillness(f *Facets) (float64, bool) {
	return max(f.Stillness, 1-f.Motion/barelyMoves), true
}

// barelyMoves is the motion at which nothing of a shot is still: figures that walk.
const barelyMoves = .01

// Bars are the value from which on a shot is called so, and the one at which it is so wholly.
func (t Trait) Bars() (bar, full float64) { return t.none + enough*(t.full-t.none), t.full }
