package inline

import (
	"strings"
	"time"
)

// longestAnswer is more than all answers together; what floods the terminal beyond it is no answer.
const longestAnswer = 4096

// console is a terminal that is talked to without what is typed being shown, or waited for until Enter.
type console interface {
	Write(p []byte) (int, error)
	// readFor reads what comes within a time, and gives 0 bytes where nothing does.
	readFor(p []byte, wait time.Duration) (int, error)
	close()
}

// converse asks and listens.
func converse(c console, questions string, enough func(string) bool, patience time.Duration) string {
	if _, err := c.Write([]byte(questions)); err != nil {
		return ""
	}
	var heard strings.Builder
	p := make([]byte, 256)
	for until := time.Now().Add(patience); heard.Len() < longestAnswer && !enough(heard.String()); {
		left := time.Until(until)
		if left <= 0 {
			break
		}
		n, err := c.readFor(p, left)
		heard.Write(p[:n])
		if err != nil {
			break
		}
	}
	return heard.String()
}

// Ask puts questions to the terminal that this process is in the foreground of, for use in [Surroundings]; elsewhere the answer is
// empty.
func Ask(questions string, enough func(string) bool) string {
	c, err := openConsole()
	if err != nil {
		return ""
	}
	defer c.close()
	return converse(c, questions, enough, Patience)
}
