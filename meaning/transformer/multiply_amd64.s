#include "textflag.h"

// Measures of block, four and eight: bytes, and where their parts lie.
#define blockBytes 40
#define blockScale 32
#define blockFix   36
#define fourBytes  320
#define fourScale  256
#define eightBytes 288
#define eightScale 256

// The four tokens of a group.
#define T0 SI
#define T1 R8
#define T2 R9
#define T3 R10

// Adds to the sums A and B of a token the products of its four numbers at a place with two words of weights. Weights are 0 to 15 and numbers
// -127 to 127, so that no sum of 16 products leaves 16 bits, nor a sum of two on its way.
#define MEET(token, place, W0, W1, A, B) \
	VPBROADCASTD place(token), Y13 \
	VPMADDUBSW Y13, W0, Y14        \
	VPADDW     Y14, A, A           \
	VPMADDUBSW Y13, W1, Y14        \
	VPADDW     Y14, B, B

#define MEET4(place, W0, W1) \
	MEET(T0, place, W0, W1, Y0, Y1) \
	MEET(T1, place, W0, W1, Y2, Y3) \
	MEET(T2, place, W0, W1, Y4, Y5) \
	MEET(T3, place, W0, W1, Y6, Y7)

// Word i of 16 outputs, of 4 bits.
#define WORD4(i) \
	VMOVDQU 64*i(DX), Y8      \
	VMOVDQU 64*i+32(DX), Y9   \
	VPSRLW  $4, Y8, Y10       \
	VPSRLW  $4, Y9, Y11       \
	VPAND   Y12, Y8, Y8       \
	VPAND   Y12, Y9, Y9       \
	VPAND   Y12, Y10, Y10     \
	VPAND   Y12, Y11, Y11     \
	MEET4(4*i, Y8, Y9)        \
	MEET4(4*i+16, Y10, Y11)

// Word i of 8 outputs, of 8 bits: low halves, then high ones.
#define WORD8(i) \
	VMOVDQU 32*i(DX), Y8      \
	VPSRLW  $4, Y8, Y10       \
	VPAND   Y12, Y8, Y8       \
	VPAND   Y12, Y10, Y10     \
	MEET4(4*i, Y8, Y10)

// Scales the sums S of a span by the outputs' scales at a place and the token's, in Y13, and adds them to the outputs kept at a place.
#define KEEP4(S, outputs, kept) \
	VPMADDWD  Y15, S, S               \
	VCVTDQ2PS S, S                    \
	VMULPS    fourScale+outputs(DX), S, S \
	VMULPS    Y13, S, S               \
	VADDPS    kept(BX), S, S          \
	VMOVUPS   S, kept(BX)

#define KEEP8(token, LOW, HIGH, kept) \
	VBROADCASTSS blockScale(token), Y13 \
	VPMADDWD  Y15, LOW, LOW      \
	VPMADDWD  Y11, HIGH, HIGH    \
	VPADDD    HIGH, LOW, LOW     \
	VCVTDQ2PS LOW, LOW           \
	VMULPS    Y9, LOW, LOW       \
	VMULPS    Y13, LOW, LOW      \
	VADDPS    kept(BX), LOW, LOW \
	VMOVUPS   LOW, kept(BX)

// Points to the tokens, in blocks of a token each, and makes the constants: halves of bytes, ones.
#define BEGIN \
	MOVQ dst+0(FP), DI           \
	MOVQ stride+8(FP), R12       \
	SHLQ $2, R12                 \
	MOVQ x+16(FP), SI            \
	MOVQ in+24(FP), CX           \
	MOVQ m+32(FP), DX            \
	IMUL3Q $blockBytes, CX, R11  \
	LEAQ (T0)(R11*1), T1         \
	LEAQ (T1)(R11*1), T2         \
	LEAQ (T2)(R11*1), T3         \
	VPCMPEQW Y15, Y15, Y15       \
	VPSRLW   $15, Y15, Y15       \
	VPSLLW   $8, Y15, Y12        \
	VPOR     Y15, Y12, Y12       \
	VPSLLW   $4, Y12, Y11        \
	VPSUBW   Y12, Y11, Y12

#define NEXT \
	ADDQ $blockBytes, T0 \
	ADDQ $blockBytes, T1 \
	ADDQ $blockBytes, T2 \
	ADDQ $blockBytes, T3 \
	DECQ CX

// func multiply4AVX2(dst *float32, stride int, x *block, in int, m *four, bias *float32)
TEXT ·multiply4AVX2(SB), NOSPLIT, $256-48
	BEGIN
	LEAQ kept-256(SP), BX
	VXORPS Y0, Y0, Y0
	VMOVUPS Y0, (BX)
	VMOVUPS Y0, 32(BX)
	VMOVUPS Y0, 64(BX)
	VMOVUPS Y0, 96(BX)
	VMOVUPS Y0, 128(BX)
	VMOVUPS Y0, 160(BX)
	VMOVUPS Y0, 192(BX)
	VMOVUPS Y0, 224(BX)

span4:
	VPBROADCASTD blockFix(T0), Y0
	VPBROADCASTD blockFix(T1), Y2
	VPBROADCASTD blockFix(T2), Y4
	VPBROADCASTD blockFix(T3), Y6
	VMOVDQA Y0, Y1
	VMOVDQA Y2, Y3
	VMOVDQA Y4, Y5
	VMOVDQA Y6, Y7
	WORD4(0)
	WORD4(1)
	WORD4(2)
	WORD4(3)
	VBROADCASTSS blockScale(T0), Y13
	KEEP4(Y0, 0, 0)
	KEEP4(Y1, 32, 32)
	VBROADCASTSS blockScale(T1), Y13
	KEEP4(Y2, 0, 64)
	KEEP4(Y3, 32, 96)
	VBROADCASTSS blockScale(T2), Y13
	KEEP4(Y4, 0, 128)
	KEEP4(Y5, 32, 160)
	VBROADCASTSS blockScale(T3), Y13
	KEEP4(Y6, 0, 192)
	KEEP4(Y7, 32, 224)
	ADDQ $fourBytes, DX
	NEXT
	JNZ  span4

	MOVQ bias+40(FP), AX
	VMOVUPS (AX), Y0
	VMOVUPS 32(AX), Y1
	MOVQ $4, CX

store4:
	VADDPS (BX), Y0, Y2
	VADDPS 32(BX), Y1, Y3
	VMOVUPS Y2, (DI)
	VMOVUPS Y3, 32(DI)
	ADDQ $64, BX
	ADDQ R12, DI
	DECQ CX
	JNZ  store4
	VZEROUPPER
	RET

// func multiply8AVX2(dst *float32, stride int, x *block, in int, m *eight, bias *float32)
TEXT ·multiply8AVX2(SB), NOSPLIT, $128-48
	BEGIN
	VPSLLW $4, Y15, Y11          // sixteens, for the high halves
	LEAQ kept-128(SP), BX
	VXORPS Y0, Y0, Y0
	VMOVUPS Y0, (BX)
	VMOVUPS Y0, 32(BX)
	VMOVUPS Y0, 64(BX)
	VMOVUPS Y0, 96(BX)

span8:
	VPXOR Y0, Y0, Y0
	VPXOR Y2, Y2, Y2
	VPXOR Y4, Y4, Y4
	VPXOR Y6, Y6, Y6
	VPBROADCASTD blockFix(T0), Y1
	VPBROADCASTD blockFix(T1), Y3
	VPBROADCASTD blockFix(T2), Y5
	VPBROADCASTD blockFix(T3), Y7
	WORD8(0)
	WORD8(1)
	WORD8(2)
	WORD8(3)
	WORD8(4)
	WORD8(5)
	WORD8(6)
	WORD8(7)
	VMOVUPS eightScale(DX), Y9
	KEEP8(T0, Y0, Y1, 0)
	KEEP8(T1, Y2, Y3, 32)
	KEEP8(T2, Y4, Y5, 64)
	KEEP8(T3, Y6, Y7, 96)
	ADDQ $eightBytes, DX
	NEXT
	JNZ  span8

	MOVQ bias+40(FP), AX
	VMOVUPS (AX), Y0
	MOVQ $4, CX

store8:
	VADDPS (BX), Y0, Y1
	VMOVUPS Y1, (DI)
	ADDQ $32, BX
	ADDQ R12, DI
	DECQ CX
	JNZ  store8
	VZEROUPPER
	RET
