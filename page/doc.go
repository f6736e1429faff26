// Package page has what the pages that amvlib writes have in common: cards with the picture of a shot, where it is and what is said in it,
// and a button that copies its name. A page is one file with everything inside, and works without a network.
//
// What comes from films is hostile: text goes through html/template and [Plain], a picture through [Picture], and [Policy] lets a page
// show what is in it and do nothing else, even if a title found a way around the escaping.
package page
