#include "textflag.h"

#define plane 1152 // bytes of one of three kinds of quarters

DATA ones<>+0(SB)/4, $0x00010001
GLOBL ones<>(SB), RODATA|NOPTR, $4
DATA safe<>+0(SB)/4, $160                     // spreadSafe
GLOBL safe<>(SB), RODATA|NOPTR, $4
DATA least<>+0(SB)/4, $0xbf000000             // -0.5
GLOBL least<>(SB), RODATA|NOPTR, $4
DATA most<>+0(SB)/4, $0x3fc00000              // 1.5
GLOBL most<>(SB), RODATA|NOPTR, $4
DATA fine<>+0(SB)/4, $0x43800000              // fineness
GLOBL fine<>(SB), RODATA|NOPTR, $4

// Eight pixels of which a and b hold two kinds of differences each, side by side, and c and d the third beside zeros: their shares,
// weighed. Sums: ab Y8, bb Y9, s1 Y12, s2 Y13. Changes Y0, Y1, a, b, c, d.
#define SPREAD(a, b, c, d) \
	VPMADDWD b, a, a            \
	VPMADDWD d, c, c            \
	VPADDD   c, a, a            \
	VPMADDWD b, b, b            \
	VPMADDWD d, d, d            \
	VPADDD   d, b, b            \
	VPADDD   a, Y8, Y8          \
	VPADDD   b, Y9, Y9          \
	VPBROADCASTD safe<>(SB), Y0 \
	VPADDD   b, Y0, Y0          \
	VCVTDQ2PS Y0, Y0            \
	VCVTDQ2PS a, a              \
	VDIVPS   Y0, a, a           \
	VBROADCASTSS least<>(SB), Y0 \
	VBROADCASTSS most<>(SB), Y1 \
	VMAXPS   Y0, a, a           \
	VMINPS   Y1, a, a           \
	VBROADCASTSS fine<>(SB), Y0 \
	VMULPS   Y0, a, a           \
	VCVTTPS2DQ a, a             \
	VPMULLD  a, a, Y0           \
	VPSRLQ   $32, a, c          \
	VPSRLQ   $32, b, d          \
	VPSRLQ   $32, Y0, Y1        \
	VPMULDQ  b, a, a            \
	VPMULDQ  d, c, c            \
	VPMULDQ  b, Y0, Y0          \
	VPMULDQ  d, Y1, Y1          \
	VPADDQ   a, Y12, Y12        \
	VPADDQ   c, Y12, Y12        \
	VPADDQ   Y0, Y13, Y13       \
	VPADDQ   Y1, Y13, Y13

// The differences of 16 pixels of one kind: a = now - before and b = after - before. Sums: |a| Y14, |a-b| Y15, |b| Y10, aa Y7.
#define APART(at, a, b) \
	VMOVDQU at(DX), a           \
	VMOVDQU at(CX), b           \
	VPSUBW  at(SI), a, a        \
	VPSUBW  at(SI), b, b        \
	VPABSW  a, Y0               \
	VPADDW  Y0, Y14, Y14        \
	VPSUBW  b, a, Y1            \
	VPABSW  Y1, Y1              \
	VPADDW  Y1, Y15, Y15        \
	VPABSW  b, Y0               \
	VPBROADCASTD ones<>(SB), Y1 \
	VPMADDWD Y1, Y0, Y0         \
	VPADDD  Y0, Y10, Y10        \
	VPMADDWD a, a, Y0           \
	VPADDD  Y0, Y7, Y7

// The sum of the eight 32-bit numbers in y, which is z in part, as 64 bits at at(DI).
#define SUM32(at, x, y) \
	VEXTRACTI128 $1, y, X0      \
	VPADDD  X0, x, x            \
	VPSHUFD $0x4e, x, X0        \
	VPADDD  X0, x, x            \
	VPSHUFD $0xb1, x, X0        \
	VPADDD  X0, x, x            \
	VMOVD   x, AX               \
	MOVLQSX AX, AX              \
	MOVQ    AX, at(DI)

// The sum of the four 64-bit numbers in y.
#define SUM64(at, x, y) \
	VEXTRACTI128 $1, y, X0      \
	VPADDQ  X0, x, x            \
	VPSHUFD $0x4e, x, X0        \
	VPADDQ  X0, x, x            \
	VMOVQ   x, at(DI)

// func meetAVX2(e *ends, before, now, after *[3][576]int16)
TEXT ·meetAVX2(SB), NOSPLIT, $64-32
	MOVQ e+0(FP), DI
	MOVQ before+8(FP), SI
	MOVQ now+16(FP), DX
	MOVQ after+24(FP), CX
	MOVQ $36, R8
	VPXOR Y7, Y7, Y7
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11          // near
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13

next:
	VPXOR Y14, Y14, Y14
	VPXOR Y15, Y15, Y15
	APART(0, Y2, Y3)
	APART(plane, Y4, Y5)
	VPUNPCKLWD Y4, Y2, Y6
	VPUNPCKHWD Y4, Y2, Y2
	VPUNPCKLWD Y5, Y3, Y4
	VPUNPCKHWD Y5, Y3, Y3        // of the first pixels Y6, Y4; of the last Y2, Y3
	VMOVDQU Y2, lastA-64(SP)
	VMOVDQU Y3, lastB-32(SP)
	APART(2*plane, Y2, Y3)
	VPMINSW Y15, Y14, Y14
	VPBROADCASTD ones<>(SB), Y1
	VPMADDWD Y1, Y14, Y14
	VPADDD Y14, Y11, Y11
	VPXOR Y0, Y0, Y0
	VPUNPCKLWD Y0, Y2, Y5
	VPUNPCKHWD Y0, Y2, Y14
	VPUNPCKLWD Y0, Y3, Y2
	VPUNPCKHWD Y0, Y3, Y15
	SPREAD(Y6, Y4, Y5, Y2)
	VMOVDQU lastA-64(SP), Y2
	VMOVDQU lastB-32(SP), Y3
	SPREAD(Y2, Y3, Y14, Y15)
	ADDQ $32, SI
	ADDQ $32, DX
	ADDQ $32, CX
	DECQ R8
	JNZ  next

	SUM32(0, X7, Y7)             // aa
	SUM32(8, X8, Y8)             // ab
	SUM32(16, X9, Y9)            // bb
	SUM32(24, X11, Y11)          // near
	SUM32(32, X10, Y10)          // span
	SUM64(40, X12, Y12)          // s1
	SUM64(48, X13, Y13)          // s2
	VZEROUPPER
	RET
