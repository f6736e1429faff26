package shotdetect

type mixing struct{}

const widestSpan = 12

func (d *detector) watchMix(int64) {}
