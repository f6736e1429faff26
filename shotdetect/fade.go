package shotdetect

type fading struct{}

func (d *detector) watchFade(int64) {}
