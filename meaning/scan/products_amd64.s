#include "textflag.h"

// Adds to SUM the products of 32 numbers of a row, taken out of 16 bytes and made 16 bits wide, with those of the question in Y4 and Y8. Y6 has
// the mask of what lies in the lower half of a byte.
#define MEET(row, SUM) \
	VPMOVZXBW (row)(CX*1), Y5 \
	VPAND     Y6, Y5, Y7      \
	VPSRLW    $4, Y5, Y5      \
	VPMADDWD  Y4, Y7, Y7      \
	VPMADDWD  Y8, Y5, Y5      \
	VPADDD    Y7, SUM, SUM    \
	VPADDD    Y5, SUM, SUM

// func productsAVX2(dst *int32, rows *byte, groups int, q *int16, size int)
TEXT ·productsAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ rows+8(FP), SI
	MOVQ groups+16(FP), BX
	MOVQ q+24(FP), DX
	MOVQ size+32(FP), R11
	VPCMPEQW Y6, Y6, Y6
	VPSRLW $12, Y6, Y6

rows:
	LEAQ (SI)(R11*1), R8
	LEAQ (R8)(R11*1), R9
	LEAQ (R9)(R11*1), R10
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	XORQ CX, CX

numbers:
	VMOVDQU (DX)(CX*4), Y4
	VMOVDQU 32(DX)(CX*4), Y8
	MEET(SI, Y0)
	MEET(R8, Y1)
	MEET(R9, Y2)
	MEET(R10, Y3)
	ADDQ $16, CX
	CMPQ CX, R11
	JLT  numbers

	VPHADDD Y1, Y0, Y0
	VPHADDD Y3, Y2, Y2
	VPHADDD Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD X1, X0, X0
	VMOVDQU X0, (DI)
	ADDQ $16, DI
	LEAQ (R10)(R11*1), SI
	DECQ BX
	JNZ  rows
	VZEROUPPER
	RET
