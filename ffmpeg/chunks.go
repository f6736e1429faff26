package ffmpeg

import "sync"

// chunkBytes is the size of most chunks. A stretch of coded pictures takes megabytes, and one after the other would be garbage.
const chunkBytes = 256 << 10

// packed is a run of bytes in chunks.
type packed struct {
	pool   *chunkPool
	chunks [][]byte
}

// room makes the last chunk have room for so many bytes more.
func (p *packed) room(bytes int) {
	if n := len(p.chunks); n == 0 || cap(p.chunks[n-1])-len(p.chunks[n-1]) < bytes {
		p.chunks = append(p.chunks, p.pool.get(bytes))
	}
}

func (p *packed) size() (bytes int) {
	for _, c := range p.chunks {
		bytes += len(c)
	}
	return bytes
}

// chunkPool keeps chunks that were read for others.
type chunkPool struct {
	mu   sync.Mutex
	free [][]byte
}

func (p *chunkPool) packed() *packed { return &packed{pool: p} }

func (p *chunkPool) get(bytes int) []byte {
	if bytes > chunkBytes {
		return make([]byte, 0, bytes)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return make([]byte, 0, chunkBytes)
	}
	c := p.free[n-1]
	p.free = p.free[:n-1]
	return c
}

func (p *chunkPool) put(chunk []byte) {
	if cap(chunk) != chunkBytes {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, chunk[:0])
}
