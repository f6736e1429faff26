package main

import (
	"io"
	"slices"
	"strings"
)

// column says how one column of a table gives way where the screen is too narrow for all.
type column struct {
	right bool // numbers stand to the right
	least int  // columns of the screen that it may be squeezed to; 0 for what must be read whole
	rank  int  // the highest is squeezed, and left out, first; 0 is never left out
	wraps bool // goes on in the next line instead of being cut
	close bool // stands one blank after its neighbour instead of two
}

const (
	leastText = 24 // columns that a wrapped text needs to be read
	widestPad = 48 // where there is no screen, a long name does not push a whole column away
)

// table lines rows up in columns. What it is told is held until print, for the widths depend on all of it.
type table struct {
	columns []column
	rows    []tableRow
	width   int // of the screen; 0 where nothing limits it
}

// tableRow is a row of cells, or without any a line by itself.
type tableRow struct {
	cells  []string
	text   string
	indent int
	draw   func(io.Writer) error // writes itself instead
}

// newTable is for w's screen, if it is one.
func newTable(w io.Writer, columns ...column) *table {
	return &table{columns: columns, width: screenWidth(w)}
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, tableRow{cells: cells}) }

// under adds a text below the row, set in by so many columns, and wrapped.
func (t *table) under(indent int, text string) {
	t.rows = append(t.rows, tableRow{text: text, indent: indent})
}

// drawn adds what writes itself, whole lines of it; nil adds nothing.
func (t *table) drawn(draw func(io.Writer) error) {
	if draw != nil {
		t.rows = append(t.rows, tableRow{draw: draw})
	}
}

func (t *table) print(w io.Writer) error {
	widths := t.layout()
	for _, r := range t.rows {
		if r.draw != nil {
			if err := r.draw(w); err != nil {
				return err
			}
			continue
		}
		for _, line := range t.lines(r, widths) {
			if _, err := io.WriteString(w, line+"\n"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *table) lines(r tableRow, widths []int) []string {
	if r.cells != nil {
		return t.rowLines(r.cells, widths)
	}
	indent := r.indent
	if t.width > 0 {
		indent = min(indent, t.width/4)
	}
	lines := wrap(r.text, max(0, t.width-indent))
	for i := range lines {
		lines[i] = strings.Repeat(" ", indent) + trimEnd(lines[i])
	}
	return lines
}

// rowLines is more than one line where a cell wraps.
func (t *table) rowLines(cells []string, widths []int) []string {
	parts, height := make([][]string, len(cells)), 1
	for i, cell := range cells {
		parts[i] = []string{cell}
		if t.width > 0 && t.columns[i].wraps {
			parts[i] = wrap(cell, widths[i])
		} else if t.width > 0 {
			parts[i][0] = cutInside(cell, widths[i])
		}
		height = max(height, len(parts[i]))
	}
	lines := make([]string, height)
	for k := range lines {
		lines[k] = t.line(parts, k, widths)
	}
	return lines
}

// line puts the k-th parts of the cells side by side. No blanks are left at its end.
func (t *table) line(parts [][]string, k int, widths []int) string {
	var b strings.Builder
	at, want := 0, 0 // columns: written, and where the next cell begins
	for i, width := range widths {
		if width == 0 {
			continue
		}
		if want > 0 {
			want += t.gap(i)
		}
		if i < len(parts) && k < len(parts[i]) && parts[i][k] != "" {
			cell := parts[i][k]
			start := want
			if t.columns[i].right {
				start += max(0, width-columnsOf(cell))
			}
			if at > 0 {
				start = max(start, at+t.gap(i)) // after a cell that is wider than its column
			}
			b.WriteString(strings.Repeat(" ", start-at) + cell)
			at = start + columnsOf(cell)
		}
		want += width
	}
	line := b.String()
	if t.width > 0 {
		line = cut(line, t.width)
	}
	return trimEnd(line)
}

// trimEnd takes blanks off the end, in front of the end of a style too.
func trimEnd(s string) string {
	if inner, ok := strings.CutSuffix(s, resetStyle); ok {
		return strings.TrimRight(inner, " ") + resetStyle
	}
	return strings.TrimRight(s, " ")
}

func (t *table) gap(i int) int {
	if t.columns[i].close {
		return 1
	}
	return 2
}

// layout finds how wide each column is; 0 for those that are left out or empty.
func (t *table) layout() []int {
	widths := t.natural()
	if t.width == 0 {
		return widths
	}
	for t.sum(t.floor(widths)) > t.width {
		i := t.first(func(i int) bool { return widths[i] > 0 && t.columns[i].rank > 0 })
		if i < 0 {
			break
		}
		widths[i] = 0
	}
	least := t.floor(widths)
	for _, i := range t.ranked() {
		widths[i] -= max(0, min(widths[i]-least[i], t.sum(widths)-t.width))
	}
	return t.squeeze(widths)
}

// squeeze makes what may be cut or wrapped narrower than is good to read, on a screen that leaves no choice.
func (t *table) squeeze(widths []int) []int {
	for _, i := range t.ranked() {
		if t.columns[i].least > 0 {
			widths[i] -= max(0, min(widths[i]-1, t.sum(widths)-t.width))
		}
	}
	return widths
}

// natural is how wide the columns would like to be.
func (t *table) natural() []int {
	widths := make([]int, len(t.columns))
	for _, r := range t.rows {
		for i, cell := range r.cells {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for i, c := range t.columns {
		if t.width == 0 && c.least > 0 {
			widths[i] = min(widths[i], widestPad)
		}
	}
	return widths
}

// floor is how narrow the columns may become.
func (t *table) floor(widths []int) []int {
	floor := slices.Clone(widths)
	for i, c := range t.columns {
		if c.least > 0 {
			floor[i] = min(floor[i], c.least)
		}
	}
	return floor
}

// sum is the width of a line.
func (t *table) sum(widths []int) int {
	sum := 0
	for i, w := range widths {
		if w > 0 && sum > 0 {
			sum += t.gap(i)
		}
		sum += w
	}
	return sum
}

// ranked are the columns in the order in which they give way.
func (t *table) ranked() []int {
	all := make([]int, len(t.columns))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return t.columns[b].rank - t.columns[a].rank })
	return all
}

func (t *table) first(fits func(int) bool) int {
	all := t.ranked()
	if k := slices.IndexFunc(all, fits); k >= 0 {
		return all[k]
	}
	return -1
}
