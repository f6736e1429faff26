#include "textflag.h"

// Measures of look.go: bytes from row to row of padded luma, and to where the picture begins in it.
#define row 80
#define inset 328

// The sums of differences of four blocks, one after the other in a picture, whose lines are in Y0 to Y8, from what is there: into Y10.
#define APART(at, base) \
	VPSADBW at(base), Y0, Y10         \
	VPSADBW at+row(base), Y1, Y11     \
	VPSADBW at+2*row(base), Y2, Y12   \
	VPADDD  Y11, Y10, Y10      \
	VPSADBW at+3*row(base), Y3, Y13   \
	VPADDD  Y13, Y12, Y12      \
	VPSADBW at+4*row(base), Y4, Y11   \
	VPADDD  Y11, Y10, Y10      \
	VPSADBW at+5*row(base), Y5, Y13   \
	VPADDD  Y13, Y12, Y12      \
	VPSADBW at+6*row(base), Y6, Y11   \
	VPADDD  Y11, Y10, Y10      \
	VPSADBW at+7*row(base), Y7, Y13   \
	VPADDD  Y13, Y12, Y12      \
	VPSADBW at+8*row(base), Y8, Y11   \
	VPADDD  Y11, Y10, Y10      \
	VPADDD  Y12, Y10, Y10

// func searchAVX2(best *[32]uint32, old, now *[3520]uint8) (still uint32)
TEXT ·searchAVX2(SB), NOSPLIT, $0-28
	MOVQ best+0(FP), DI
	MOVQ old+8(FP), SI
	MOVQ now+16(FP), DX
	VPXOR Y14, Y14, Y14          // still, by column of blocks
	MOVQ $4, R8                  // rows of blocks

blockRow:
	MOVQ $2, R9                  // halves of a row

half:
	VMOVDQU inset(DX), Y0
	VMOVDQU inset+1*row(DX), Y1
	VMOVDQU inset+2*row(DX), Y2
	VMOVDQU inset+3*row(DX), Y3
	VMOVDQU inset+4*row(DX), Y4
	VMOVDQU inset+5*row(DX), Y5
	VMOVDQU inset+6*row(DX), Y6
	VMOVDQU inset+7*row(DX), Y7
	VMOVDQU inset+8*row(DX), Y8
	APART(inset, SI)
	VMOVDQA Y10, Y9              // the least
	VPADDD Y10, Y14, Y14
	VPTEST Y10, Y10
	JZ   store                   // held still: nothing is nearer
	MOVQ SI, R10
	MOVQ $9, R11                 // down

down:
	MOVQ $17, R12                // across

across:
	APART(0, R10)
	VPMINUD Y10, Y9, Y9
	INCQ R10
	DECQ R12
	JNZ  across
	ADDQ $(row-17), R10
	DECQ R11
	JNZ  down

store:
	VEXTRACTI128 $1, Y9, X10
	VPSHUFD $0x08, X9, X9        // the low halves of the sums
	VPSHUFD $0x08, X10, X10
	VPUNPCKLQDQ X10, X9, X9
	VMOVDQU X9, (DI)
	ADDQ $16, DI
	ADDQ $32, SI
	ADDQ $32, DX
	DECQ R9
	JNZ  half
	ADDQ $(9*row-64), SI
	ADDQ $(9*row-64), DX
	DECQ R8
	JNZ  blockRow

	VEXTRACTI128 $1, Y14, X10
	VPADDD X10, X14, X14
	VPSHUFD $0x4e, X14, X10
	VPADDD X10, X14, X14
	VMOVD X14, AX
	MOVL AX, still+24(FP)
	VZEROUPPER
	RET

// func dotAVX2(a, b *[576]int16) int32
TEXT ·dotAVX2(SB), NOSPLIT, $0-20
	MOVQ a+0(FP), SI
	MOVQ b+8(FP), DX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	MOVQ $18, CX

next:
	VMOVDQU (SI), Y2
	VMOVDQU 32(SI), Y3
	VPMADDWD (DX), Y2, Y2
	VPMADDWD 32(DX), Y3, Y3
	VPADDD Y2, Y0, Y0
	VPADDD Y3, Y1, Y1
	ADDQ $64, SI
	ADDQ $64, DX
	DECQ CX
	JNZ  next
	VPADDD Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VPADDD X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VPADDD X1, X0, X0
	VMOVD X0, AX
	MOVL AX, ret+16(FP)
	VZEROUPPER
	RET
