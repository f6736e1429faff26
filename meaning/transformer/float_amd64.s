#include "textflag.h"

// Where vectors_amd64.go keeps the constants, to which R13 points.
#define lowest   0(R13)
#define log2e    4(R13)
#define magic    8(R13)
#define ln2High  12(R13)
#define ln2Low   16(R13)
#define exp7     20(R13)
#define exp6     24(R13)
#define exp5     28(R13)
#define exp4     32(R13)
#define exp3     36(R13)
#define exp2     40(R13)
#define one      44(R13)
#define rootHalf 48(R13)
#define erf0     52(R13)
#define erf5     56(R13)
#define erf4     60(R13)
#define erf3     64(R13)
#define erf2     68(R13)
#define erf1     72(R13)
#define half     76(R13)
#define most8    80(R13)
#define smallest 84(R13)

// The sum that a step of a polynomial adds its constant to: P times F, rounded, and the constant, through Y15.
#define STEP(P, F, constant) \
	VMULPS F, P, P             \
	VBROADCASTSS constant, Y15 \
	VADDPS Y15, P, P

// X becomes e^X, through Y12 to Y15; see exponential.
#define EXPONENTIAL(X) \
	VBROADCASTSS lowest, Y15  \
	VMAXPS X, Y15, X          \
	VBROADCASTSS log2e, Y15   \
	VMULPS Y15, X, Y12        \
	VBROADCASTSS magic, Y15   \
	VADDPS Y15, Y12, Y12      \
	VSUBPS Y15, Y12, Y13      \
	VBROADCASTSS ln2High, Y15 \
	VMULPS Y15, Y13, Y14      \
	VSUBPS Y14, X, X          \
	VBROADCASTSS ln2Low, Y15  \
	VMULPS Y15, Y13, Y14      \
	VSUBPS Y14, X, X          \
	VBROADCASTSS exp7, Y13    \
	STEP(Y13, X, exp6)        \
	STEP(Y13, X, exp5)        \
	STEP(Y13, X, exp4)        \
	STEP(Y13, X, exp3)        \
	STEP(Y13, X, exp2)        \
	VMULPS X, Y13, Y13        \
	VMULPS X, Y13, Y13        \
	VADDPS X, Y13, Y13        \
	VBROADCASTSS one, Y15     \
	VADDPS Y15, Y13, Y13      \
	VPSLLD $23, Y12, Y12      \
	VPADDD Y15, Y12, Y12      \
	VMULPS Y12, Y13, X

// All lanes of Y become their total, through Z, whose lower half is XZ; XY is the lower half of Y.
#define TOTAL(Y, XY, Z, XZ) \
	VEXTRACTF128 $1, Y, XZ \
	VADDPS XZ, XY, XY      \
	VPSHUFD $0x4e, XY, XZ  \
	VADDPS XZ, XY, XY      \
	VPSHUFD $0xb1, XY, XZ  \
	VADDPS XZ, XY, XY      \
	VBROADCASTSS XY, Y

// func geluAVX2(x *float32, count int, with *constants)
TEXT ·geluAVX2(SB), NOSPLIT, $0-24
	MOVQ with+16(FP), R13
	MOVQ x+0(FP), DI
	MOVQ count+8(FP), CX
	VPCMPEQD Y10, Y10, Y10
	VPSLLD $31, Y10, Y10         // signs
	VBROADCASTSS one, Y9

geluNext:
	VMOVUPS (DI), Y0
	VBROADCASTSS rootHalf, Y15
	VMULPS Y15, Y0, Y1
	VPAND  Y10, Y1, Y2           // its sign
	VPANDN Y1, Y10, Y1           // its size
	VBROADCASTSS erf0, Y15
	VMULPS Y15, Y1, Y3
	VADDPS Y9, Y3, Y3
	VDIVPS Y3, Y9, Y3            // t
	VBROADCASTSS erf5, Y4
	STEP(Y4, Y3, erf4)
	STEP(Y4, Y3, erf3)
	STEP(Y4, Y3, erf2)
	STEP(Y4, Y3, erf1)
	VMULPS Y3, Y4, Y4
	VMULPS Y1, Y1, Y1
	VXORPS Y10, Y1, Y1
	EXPONENTIAL(Y1)
	VMULPS Y1, Y4, Y4
	VSUBPS Y4, Y9, Y4
	VXORPS Y2, Y4, Y4
	VADDPS Y9, Y4, Y4
	VBROADCASTSS half, Y15
	VMULPS Y15, Y0, Y0
	VMULPS Y4, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ  geluNext
	VZEROUPPER
	RET

// func softmaxAVX2(scores *float32, count int, scale float32, with *constants)
TEXT ·softmaxAVX2(SB), NOSPLIT, $0-32
	MOVQ with+24(FP), R13
	MOVQ scores+0(FP), DI
	MOVQ count+8(FP), CX
	VBROADCASTSS scale+16(FP), Y5
	SHLQ $2, CX
	ADDQ DI, CX                  // their end
	MOVQ DI, SI
	VMOVUPS (SI), Y0

most:
	VMAXPS (SI), Y0, Y0
	ADDQ $32, SI
	CMPQ SI, CX
	JNE  most
	VEXTRACTF128 $1, Y0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VMAXPS X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VMAXPS X1, X0, X0
	VBROADCASTSS X0, Y0
	VXORPS Y2, Y2, Y2
	MOVQ DI, SI

powers:
	VMOVUPS (SI), Y1
	VSUBPS Y0, Y1, Y1
	VMULPS Y5, Y1, Y1
	EXPONENTIAL(Y1)
	VADDPS Y1, Y2, Y2
	VMOVUPS Y1, (SI)
	ADDQ $32, SI
	CMPQ SI, CX
	JNE  powers
	TOTAL(Y2, X2, Y3, X3)
	VBROADCASTSS one, Y1
	VDIVPS Y2, Y1, Y1

shares:
	VMULPS (DI), Y1, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	CMPQ DI, CX
	JNE  shares
	VZEROUPPER
	RET

// func normaliseAVX2(x, add, weight, bias *float32, count int, of, eps float32, with *constants)
TEXT ·normaliseAVX2(SB), NOSPLIT, $0-56
	MOVQ with+48(FP), R13
	MOVQ x+0(FP), DI
	MOVQ add+8(FP), SI
	MOVQ weight+16(FP), R8
	MOVQ bias+24(FP), R9
	MOVQ count+32(FP), CX
	VBROADCASTSS of+40(FP), Y4
	VBROADCASTSS eps+44(FP), Y5
	SHLQ $2, CX
	XORQ AX, AX
	VXORPS Y2, Y2, Y2

sum:
	VMOVUPS (DI)(AX*1), Y0
	VADDPS (SI)(AX*1), Y0, Y0
	VMOVUPS Y0, (DI)(AX*1)
	VADDPS Y0, Y2, Y2
	ADDQ $32, AX
	CMPQ AX, CX
	JNE  sum
	TOTAL(Y2, X2, Y3, X3)
	VDIVPS Y4, Y2, Y2            // mean
	XORQ AX, AX
	VXORPS Y1, Y1, Y1

squares:
	VMOVUPS (DI)(AX*1), Y0
	VSUBPS Y2, Y0, Y0
	VMOVUPS Y0, (DI)(AX*1)
	VMULPS Y0, Y0, Y0
	VADDPS Y0, Y1, Y1
	ADDQ $32, AX
	CMPQ AX, CX
	JNE  squares
	TOTAL(Y1, X1, Y3, X3)
	VDIVPS Y4, Y1, Y1
	VADDPS Y5, Y1, Y1
	VSQRTPS Y1, Y1
	VBROADCASTSS one, Y0
	VDIVPS Y1, Y0, Y1
	XORQ AX, AX

scale:
	VMULPS (DI)(AX*1), Y1, Y0
	VMULPS (R8)(AX*1), Y0, Y0
	VADDPS (R9)(AX*1), Y0, Y0
	VMOVUPS Y0, (DI)(AX*1)
	ADDQ $32, AX
	CMPQ AX, CX
	JNE  scale
	VZEROUPPER
	RET

// func blendAVX2(dst *float32, count int, x *float32, rows int, row *float32, stride int)
// Sums stay in registers, 32 at a time, then 8 at a time.
TEXT ·blendAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ count+8(FP), CX
	MOVQ x+16(FP), SI
	MOVQ rows+24(FP), R8
	MOVQ row+32(FP), DX
	MOVQ stride+40(FP), R9
	SHLQ $2, R9

wide:
	CMPQ CX, $32
	JLT  narrow
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	MOVQ DX, R10
	XORQ R11, R11

wideRow:
	VBROADCASTSS (SI)(R11*4), Y4
	VMULPS (R10), Y4, Y5
	VADDPS Y5, Y0, Y0
	VMULPS 32(R10), Y4, Y6
	VADDPS Y6, Y1, Y1
	VMULPS 64(R10), Y4, Y7
	VADDPS Y7, Y2, Y2
	VMULPS 96(R10), Y4, Y8
	VADDPS Y8, Y3, Y3
	ADDQ R9, R10
	INCQ R11
	CMPQ R11, R8
	JLT  wideRow
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	ADDQ $128, DI
	ADDQ $128, DX
	SUBQ $32, CX
	JMP  wide

narrow:
	CMPQ CX, $8
	JLT  done
	VXORPS Y0, Y0, Y0
	MOVQ DX, R10
	XORQ R11, R11

narrowRow:
	VBROADCASTSS (SI)(R11*4), Y4
	VMULPS (R10), Y4, Y5
	VADDPS Y5, Y0, Y0
	ADDQ R9, R10
	INCQ R11
	CMPQ R11, R8
	JLT  narrowRow
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, DX
	SUBQ $8, CX
	JMP  narrow

done:
	VZEROUPPER
	RET

// What orders words that were packed lane by lane.
DATA inOrder<>+0(SB)/8, $0x0000000400000000
DATA inOrder<>+8(SB)/8, $0x0000000500000001
DATA inOrder<>+16(SB)/8, $0x0000000600000002
DATA inOrder<>+24(SB)/8, $0x0000000700000003
GLOBL inOrder<>(SB), RODATA|NOPTR, $32

// func quantiseAVX2(dst *block, stride int, x *float32, spans int, with *constants)
TEXT ·quantiseAVX2(SB), NOSPLIT, $0-40
	MOVQ with+32(FP), R13
	MOVQ dst+0(FP), DI
	MOVQ stride+8(FP), R8
	MOVQ x+16(FP), SI
	MOVQ spans+24(FP), CX
	IMUL3Q $40, R8, R8
	VPCMPEQD Y15, Y15, Y15
	VPSRLD $1, Y15, Y15          // all but signs
	VPCMPEQD Y14, Y14, Y14
	VPABSB Y14, Y14              // bytes of 1
	VMOVDQU inOrder<>(SB), Y13
	VMOVSS most8, X12
	VMOVSS smallest, X11
	VPXOR X10, X10, X10

quantiseNext:
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VMOVUPS 64(SI), Y2
	VMOVUPS 96(SI), Y3
	VPAND Y15, Y0, Y4
	VPAND Y15, Y1, Y5
	VPAND Y15, Y2, Y6
	VPAND Y15, Y3, Y7
	VMAXPS Y5, Y4, Y4
	VMAXPS Y7, Y6, Y6
	VMAXPS Y6, Y4, Y4
	VEXTRACTF128 $1, Y4, X5
	VMAXPS X5, X4, X4
	VPSHUFD $0x4e, X4, X5
	VMAXPS X5, X4, X4
	VPSHUFD $0xb1, X4, X5
	VMAXPS X5, X4, X4
	VUCOMISS X11, X4
	JB   nothing
	VDIVSS X12, X4, X5           // scale
	VMOVSS X5, 32(DI)
	VDIVSS X4, X12, X5
	VBROADCASTSS X5, Y5
	VMULPS Y5, Y0, Y0
	VMULPS Y5, Y1, Y1
	VMULPS Y5, Y2, Y2
	VMULPS Y5, Y3, Y3
	VCVTPS2DQ Y0, Y0
	VCVTPS2DQ Y1, Y1
	VCVTPS2DQ Y2, Y2
	VCVTPS2DQ Y3, Y3
	VPACKSSDW Y1, Y0, Y0
	VPACKSSDW Y3, Y2, Y2
	VPACKSSWB Y2, Y0, Y0
	VPERMD Y0, Y13, Y0
	VMOVDQU Y0, (DI)
	VPMADDUBSW Y0, Y14, Y0       // sums of two
	VEXTRACTI128 $1, Y0, X1
	VPADDW X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VPADDW X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VPADDW X1, X0, X0
	VPSLLW $3, X0, X0
	VPSUBW X0, X10, X0           // -8 times
	VMOVD X0, 36(DI)

quantised:
	ADDQ $128, SI
	ADDQ R8, DI
	DECQ CX
	JNZ  quantiseNext
	VZEROUPPER
	RET

nothing:
	VPXOR Y0, Y0, Y0
	VMOVDQU Y0, (DI)
	MOVQ $0, 32(DI)
	JMP  quantised
