#include "textflag.h"

// func multiplyAVX2(sum, x, weights *float32, n, m int)
// Sums stay in registers, 64 at a time, then 8 at a time; products are rounded before they are added, as the plain twin does.
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-40
	MOVQ sum+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ weights+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ m+32(FP), R8
	MOVQ CX, R9
	SHLQ $2, R9          // bytes of a row of weights
	VXORPS X15, X15, X15

wide:
	CMPQ CX, $64
	JLT  narrow
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS 64(DI), Y2
	VMOVUPS 96(DI), Y3
	VMOVUPS 128(DI), Y4
	VMOVUPS 160(DI), Y5
	VMOVUPS 192(DI), Y6
	VMOVUPS 224(DI), Y7
	MOVQ DX, R10
	XORQ R11, R11

wideInput:
	VMOVSS (SI)(R11*4), X8
	VUCOMISS X15, X8
	JP   wideAdd         // no number: let it show
	JE   wideNext

wideAdd:
	VBROADCASTSS X8, Y8
	VMULPS (R10), Y8, Y9
	VADDPS Y9, Y0, Y0
	VMULPS 32(R10), Y8, Y10
	VADDPS Y10, Y1, Y1
	VMULPS 64(R10), Y8, Y11
	VADDPS Y11, Y2, Y2
	VMULPS 96(R10), Y8, Y12
	VADDPS Y12, Y3, Y3
	VMULPS 128(R10), Y8, Y9
	VADDPS Y9, Y4, Y4
	VMULPS 160(R10), Y8, Y10
	VADDPS Y10, Y5, Y5
	VMULPS 192(R10), Y8, Y11
	VADDPS Y11, Y6, Y6
	VMULPS 224(R10), Y8, Y12
	VADDPS Y12, Y7, Y7

wideNext:
	ADDQ R9, R10
	INCQ R11
	CMPQ R11, R8
	JLT  wideInput
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	VMOVUPS Y4, 128(DI)
	VMOVUPS Y5, 160(DI)
	VMOVUPS Y6, 192(DI)
	VMOVUPS Y7, 224(DI)
	ADDQ $256, DI
	ADDQ $256, DX
	SUBQ $64, CX
	JMP  wide

narrow:
	CMPQ CX, $8
	JLT  done
	VMOVUPS (DI), Y0
	MOVQ DX, R10
	XORQ R11, R11

narrowInput:
	VMOVSS (SI)(R11*4), X8
	VUCOMISS X15, X8
	JP   narrowAdd
	JE   narrowNext

narrowAdd:
	VBROADCASTSS X8, Y8
	VMULPS (R10), Y8, Y9
	VADDPS Y9, Y0, Y0

narrowNext:
	ADDQ R9, R10
	INCQ R11
	CMPQ R11, R8
	JLT  narrowInput
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, DX
	SUBQ $8, CX
	JMP  narrow

done:
	VZEROUPPER
	RET
