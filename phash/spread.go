package phash

import (
	"context"
	"runtime"
	"sync"
)

// task is a share of the work of joining.
type task func(*joiner)

// mostJoiners bounds what joining on many cores copies.
const mostJoiners = 16

// batch is how many pairs go from a joiner to the caller at once, waiting how many may wait for each task.
const (
	batch   = 512
	waiting = 8
)

// joinAll joins hashes on all cores and yields the pairs in the order of the tasks, whoever is faster: a joiner that is ahead waits
// once it has found a few thousand.
func joinAll(ctx context.Context, hashes []uint64, radius int, yield func(Pair, error) bool) {
	inner, stop := context.WithCancel(ctx)
	var joiners sync.WaitGroup
	defer joiners.Wait()
	defer stop()
	tasks := tasksFor(hashes, radius)
	found := make([]chan []Pair, len(tasks))
	for i := range found {
		found[i] = make(chan []Pair, waiting)
	}
	next := make(chan int, len(tasks))
	for i := range tasks {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), mostJoiners, len(tasks)) {
		joiners.Go(func() {
			j := &joiner{ctx: inner, radius: radius}
			for i := range next {
				j.run(tasks[i], found[i])
			}
		})
	}
	for _, pairs := range found {
		for batch := range pairs {
			for _, p := range batch {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
	if err := ctx.Err(); err != nil {
		yield(Pair{}, err)
	}
}

// run does a task and hands out what it finds.
func (j *joiner) run(do task, out chan<- []Pair) {
	defer close(out)
	var pairs []Pair
	send := func() {
		select {
		case out <- pairs:
		case <-j.ctx.Done():
		}
		pairs = nil
	}
	j.tell = func(p Pair) {
		if pairs = append(pairs, p); len(pairs) == batch {
			send()
		}
	}
	if j.ctx.Err() == nil {
		do(j)
	}
	if len(pairs) > 0 {
		send()
	}
}

// tasksFor is a task for each choice; or for each stretch of hashes, where all are to be compared with all.
func tasksFor(hashes []uint64, radius int) []task {
	var tasks []task
	for _, c := range choicesFor(hashes, radius) {
		tasks = append(tasks, func(j *joiner) { j.deal(hashes, c) })
	}
	if tasks != nil {
		return tasks
	}
	step := max(smallest, len(hashes)/256)
	for from := 0; from < len(hashes); from += step {
		tasks = append(tasks, func(j *joiner) { j.compare(hashes, from, min(from+step, len(hashes))) })
	}
	return tasks
}
