package main

import (
	"context"
	"sync"
)

// inOrder does work side by side and hands over what it gave in the order of the work, holding no more than a few results.
func inOrder[T any](ctx context.Context, jobs int, work []func() T, take func(T) error) error {
	ctx, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	defer done.Wait()
	defer stop()
	results := make([]chan T, len(work))
	for i := range results {
		results[i] = make(chan T, 1)
	}
	room := make(chan struct{}, 2*jobs) // taken when work starts, given back when its result was used
	next := make(chan int)
	done.Go(func() {
		defer close(next)
		for i := range work {
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			next <- i
		}
	})
	for range jobs {
		done.Go(func() {
			for i := range next {
				results[i] <- work[i]()
			}
		})
	}
	for i := range work {
		select {
		case r := <-results[i]:
			<-room
			if err := take(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
