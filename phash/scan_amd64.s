#include "textflag.h"

// How many bits are set in each number below 16, twice, for the two lanes of a register.
DATA bitsOf<>+0(SB)/8, $0x0302020102010100
DATA bitsOf<>+8(SB)/8, $0x0403030203020201
DATA bitsOf<>+16(SB)/8, $0x0302020102010100
DATA bitsOf<>+24(SB)/8, $0x0403030203020201
GLOBL bitsOf<>(SB), RODATA|NOPTR, $32

// DISTANCES counts, for four hashes at off(SI), the bits in which each differs from Y15, into the four 64-bit lanes of out.
#define DISTANCES(off, out, a, b) \
	VPXOR   off(SI), Y15, a \
	VPSRLW  $4, a, b \
	VPAND   Y13, a, a \
	VPAND   Y13, b, b \
	VPSHUFB a, Y14, a \
	VPSHUFB b, Y14, b \
	VPADDB  a, b, a \
	VPSADBW Y12, a, out

// func nearGroupAVX2(hashes *uint64, groups int, h uint64, limit int) int
TEXT ·nearGroupAVX2(SB), NOSPLIT, $0-40
	MOVQ hashes+0(FP), SI
	MOVQ groups+8(FP), CX
	MOVQ CX, DX
	VPBROADCASTQ h+16(FP), Y15
	VMOVDQU bitsOf<>(SB), Y14
	MOVQ $0x0f0f0f0f0f0f0f0f, AX
	VMOVQ AX, X13
	VPBROADCASTQ X13, Y13
	VPXOR Y12, Y12, Y12
	VPBROADCASTQ limit+24(FP), Y11

next:
	DISTANCES(0, Y0, Y4, Y5)
	DISTANCES(32, Y1, Y6, Y7)
	DISTANCES(64, Y2, Y8, Y9)
	DISTANCES(96, Y3, Y4, Y5)
	VPMINUB Y0, Y1, Y0
	VPMINUB Y2, Y3, Y2
	VPMINUB Y0, Y2, Y0
	VPCMPGTQ Y11, Y0, Y0  // all ones where the nearest of four is too far
	VPMOVMSKB Y0, AX
	CMPL AX, $-1
	JNE  found
	ADDQ $128, SI
	DECQ CX
	JNZ  next

found:
	VZEROUPPER
	SUBQ CX, DX
	SHLQ $4, DX
	MOVQ DX, ret+32(FP)
	RET

// func nearGroupAVX512(hashes *uint64, groups int, h uint64, limit int) int
TEXT ·nearGroupAVX512(SB), NOSPLIT, $0-40
	MOVQ hashes+0(FP), SI
	MOVQ groups+8(FP), CX
	MOVQ CX, DX
	VPBROADCASTQ h+16(FP), Z15
	VPBROADCASTQ limit+24(FP), Z11

next512:
	VPXORQ 0(SI), Z15, Z0
	VPXORQ 64(SI), Z15, Z1
	VPOPCNTQ Z0, Z0
	VPOPCNTQ Z1, Z1
	VPMINUQ Z0, Z1, Z0
	VPCMPUQ $2, Z11, Z0, K1  // nearest of two <= limit
	KORTESTW K1, K1
	JNZ  found512
	ADDQ $128, SI
	DECQ CX
	JNZ  next512

found512:
	VZEROUPPER
	SUBQ CX, DX
	SHLQ $4, DX
	MOVQ DX, ret+32(FP)
	RET
