#include "textflag.h"

// Words 0 1 2 - 2 3 4 - of five sums, in both halves, and what they weigh in the two means.
DATA five<>+0(SB)/8, $0x8080050403020100
DATA five<>+8(SB)/8, $0x8080090807060504
DATA five<>+16(SB)/8, $0x8080050403020100
DATA five<>+24(SB)/8, $0x8080090807060504
GLOBL five<>(SB), RODATA|NOPTR, $32
DATA weights<>+0(SB)/8, $0x0000000100020002
DATA weights<>+8(SB)/8, $0x0000000200020001
DATA weights<>+16(SB)/8, $0x0000000100020002
DATA weights<>+24(SB)/8, $0x0000000200020001
GLOBL weights<>(SB), RODATA|NOPTR, $32
DATA half<>+0(SB)/4, $0x000c000c              // half of 25
GLOBL half<>(SB), RODATA|NOPTR, $4
DATA inverse<>+0(SB)/4, $0x147b147b           // 2^17/25, rounded up; right for sums up to 25*255+12
GLOBL inverse<>(SB), RODATA|NOPTR, $4

// func fiveRowsAVX2(upper, lower *fiveSums, src *byte, stride, across int)
TEXT ·fiveRowsAVX2(SB), NOSPLIT, $0-40
	MOVQ upper+0(FP), DI
	MOVQ lower+8(FP), SI
	MOVQ src+16(FP), DX
	MOVQ stride+24(FP), R8
	MOVQ across+32(FP), CX
	LEAQ (DX)(R8*2), R9          // the third row
	LEAQ (R9)(R8*2), R10         // the fifth

next:
	VPMOVZXBW (DX), Y0
	VPMOVZXBW (DX)(R8*1), Y1
	VPMOVZXBW (R9), Y2
	VPMOVZXBW (R9)(R8*1), Y3
	VPMOVZXBW (R10), Y4
	VPADDW Y1, Y0, Y0
	VPADDW Y0, Y0, Y0
	VPADDW Y2, Y0, Y0
	VPADDW Y4, Y3, Y3
	VPADDW Y3, Y3, Y3
	VPADDW Y2, Y3, Y3
	VMOVDQU Y0, (DI)
	VMOVDQU Y3, (SI)
	ADDQ $16, DX
	ADDQ $16, R9
	ADDQ $16, R10
	ADDQ $32, DI
	ADDQ $32, SI
	SUBQ $16, CX
	JG   next
	VZEROUPPER
	RET

// The weighed sums of the fives at a and b, four 32-bit numbers of which neighbours belong together, into the halves of y.
#define FIVES(a, b, x, y) \
	VMOVDQU a(SI), x               \
	VINSERTI128 $1, b(SI), y, y    \
	VPSHUFB Y8, y, y               \
	VPMADDWD Y9, y, y

// func fiveColumnsAVX2(out *byte, from *fiveSums, count int)
TEXT ·fiveColumnsAVX2(SB), NOSPLIT, $0-24
	MOVQ out+0(FP), DI
	MOVQ from+8(FP), SI
	MOVQ count+16(FP), CX
	VMOVDQU five<>(SB), Y8
	VMOVDQU weights<>(SB), Y9
	VPBROADCASTD half<>(SB), Y10
	VPBROADCASTD inverse<>(SB), Y11

next:
	FIVES(0, 40, X0, Y0)
	FIVES(10, 50, X1, Y1)
	FIVES(20, 60, X2, Y2)
	FIVES(30, 70, X3, Y3)
	VPHADDD Y1, Y0, Y0
	VPHADDD Y3, Y2, Y2
	VPACKUSDW Y2, Y0, Y0
	VPADDW Y10, Y0, Y0
	VPMULHUW Y11, Y0, Y0
	VPSRLW $1, Y0, Y0
	VPACKUSWB Y0, Y0, Y0
	VPERMQ $0x08, Y0, Y0
	VMOVDQU X0, (DI)
	ADDQ $80, SI
	ADDQ $16, DI
	SUBQ $16, CX
	JG   next
	VZEROUPPER
	RET
