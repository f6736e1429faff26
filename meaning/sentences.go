package meaning

// Sentences gives each text's vector by the multilingual model, without its language and manner: Size numbers, of length one; zeros for a text of which
// nothing is left.
func (m *Models) Sentences(texts []string) ([][]float32, error) {
	l, err := m.multilingual()
	if err != nil {
		return nil, err
	}
	return l.embed(texts)
}

// English gives each text's vector by the English model, as Sentences does.
func (m *Models) English(texts []string) ([][]float32, error) {
	e, err := m.english()
	if err != nil {
		return nil, err
	}
	return e.embed(texts)
}
