// Command amvlib finds scenes for anime music videos: it ingests episodes into a library, searches them by what is said in them, and
// lays out a song's lyric lines as a timeline for an editing program.
//
// Standard output carries data, standard error everything else. Exit codes: 0 fine, 1 some input failed, 2 usage, 3 library
// trouble, 4 ffmpeg missing, 130 interrupted.
package main
