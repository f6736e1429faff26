package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/amvlib/amvlib/mood"
)

// facetRow is what one facet of a hit says to the mood that was asked for, as scripts see it: docs/json.md is its contract.
type facetRow struct {
	Facet mood.Facet `json:"facet"`
	Name  string     `json:"name"`
	Value float64    `json:"value"`
	Fit   *float64   `json:"fit,omitempty"` // of words there is none
	Asked bool       `json:"asked"`
}

func facetsOf(all []mood.Reason) (rows []facetRow) {
	for _, r := range all {
		row := facetRow{Facet: r.Facet, Name: r.Name, Value: thousandths(r.Value), Asked: r.Asked}
		if r.Facet != mood.Words {
			fit := thousandths(r.Fit)
			row.Fit = &fit
		}
		rows = append(rows, row)
	}
	return rows
}

func thousandths(v float64) float64 { return math.Round(v*1000) / 1000 }

// facetsText is the same for people: facet by facet, each with its values.
func facetsText(rows []facetRow) string {
	var parts []string
	last := mood.Facet("")
	for _, r := range rows {
		part := fmt.Sprintf("%s %s", r.Name, facetValue(r))
		if r.Facet != last {
			part = string(r.Facet) + ": " + part
		}
		last = r.Facet
		if n := len(parts); n > 0 && strings.HasPrefix(parts[n-1], string(r.Facet)+": ") {
			parts[n-1] += ", " + part
			continue
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// facetValue has the unit that the value is in.
func facetValue(r facetRow) string {
	switch {
	case r.Facet == mood.Pace:
		return fmt.Sprintf("%.0f cuts/min", r.Value)
	case r.Name == "silent":
		return "yes"
	case r.Facet == mood.Sound:
		return fmt.Sprintf("%+.0f dB", r.Value)
	case r.Facet == mood.Words:
		return fmt.Sprintf("%.1f", r.Value)
	case r.Name == "moving":
		return fmt.Sprintf("%.3f", r.Value)
	}
	return fmt.Sprintf("%.2f", r.Value)
}
