/* SPDX-License-Identifier: ISC */
#include "blas.h"

#include <cblas.h>
#include <dlfcn.h>
#include <stdlib.h>

#include "cpu.h"
#include "err.h"

#ifndef REAT_OPENBLAS
#define REAT_OPENBLAS "libopenblas.so.0"
#endif

typedef void sgemm_function(CBLAS_LAYOUT, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE,
    blasint m, blasint n, blasint k, float alpha, const float *A, blasint lda,
    const float *B, blasint ldb, float beta, float *C, blasint ldc);

/* OpenBLAS's name for the kernels that fit this CPU, or NULL: let it choose. */
static const char *
core_type(void)
{
	switch (cpu_path()) {
	case CPU_V4:
		return "SkylakeX";
	case CPU_V3:
		return "Haswell";
	case CPU_BASELINE:
		break;
	}
	return NULL;
}

static sgemm_function *
sgemm(void)
{
	static union {
		void *symbol;
		sgemm_function *function;
	} loaded;

	if (loaded.symbol == NULL) {
		const char *core = core_type();
		void *library;

		if ((core != NULL &&
		    setenv("OPENBLAS_CORETYPE", core, 0) != 0) ||
		    setenv("OPENBLAS_NUM_THREADS", "1", 1) != 0)
			die("out of memory");
		library = dlopen(REAT_OPENBLAS, RTLD_NOW | RTLD_LOCAL);
		if (library == NULL)
			die("cannot load OpenBLAS: %s", dlerror());
		loaded.symbol = dlsym(library, "cblas_sgemm");
		if (loaded.symbol == NULL)
			die("cannot load OpenBLAS: %s", dlerror());
	}
	return loaded.function;
}

void
blas_nn(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C)
{
	sgemm()(CblasRowMajor, CblasNoTrans, CblasNoTrans, (blasint)m,
	    (blasint)n, (blasint)k, 1.0f, A, (blasint)k, B, (blasint)n, beta,
	    C, (blasint)n);
}

void
blas_nt(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C)
{
	sgemm()(CblasRowMajor, CblasNoTrans, CblasTrans, (blasint)m,
	    (blasint)n, (blasint)k, 1.0f, A, (blasint)k, B, (blasint)k, beta,
	    C, (blasint)n);
}

void
blas_tn(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C)
{
	sgemm()(CblasRowMajor, CblasTrans, CblasNoTrans, (blasint)m,
	    (blasint)n, (blasint)k, 1.0f, A, (blasint)m, B, (blasint)n, beta,
	    C, (blasint)n);
}
