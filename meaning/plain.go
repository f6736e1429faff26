package meaning

// Plain gives each text's vector by the multilingual model as it comes, with language and manner: what others who use that model have, to
// compare with.
func (m *Models) Plain(texts []string) ([][]float32, error) {
	l, err := m.multilingual()
	if err != nil {
		return nil, err
	}
	return l.encoder.embed(texts)
}
