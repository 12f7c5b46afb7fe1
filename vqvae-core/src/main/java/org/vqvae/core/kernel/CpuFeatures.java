package org.vqvae.core.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The instruction sets that oneDNN uses on this processor, as its bit set: a richer set contains
 * the bits of a poorer one.
 */
record CpuFeatures(int bits) {
  private static final Map<String, Integer> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("avx512_core_amx_fp16", dnnl.dnnl_cpu_isa_avx512_core_amx_fp16);
    NAMES.put("avx512_core_amx", dnnl.dnnl_cpu_isa_avx512_core_amx);
    NAMES.put("avx512_core_fp16", dnnl.dnnl_cpu_isa_avx512_core_fp16);
    NAMES.put("avx512_core_bf16", dnnl.dnnl_cpu_isa_avx512_core_bf16);
    NAMES.put("avx512_core_vnni", dnnl.dnnl_cpu_isa_avx512_core_vnni);
    NAMES.put("avx512_core", dnnl.dnnl_cpu_isa_avx512_core);
    NAMES.put("avx2_vnni_2", dnnl.dnnl_cpu_isa_avx2_vnni_2);
    NAMES.put("avx2_vnni", dnnl.dnnl_cpu_isa_avx2_vnni);
    NAMES.put("avx2", dnnl.dnnl_cpu_isa_avx2);
    NAMES.put("avx", dnnl.dnnl_cpu_isa_avx);
    NAMES.put("sse41", dnnl.dnnl_cpu_isa_sse41);
  }

  /** Those of this processor; oneDNN must be loadable. */
  static CpuFeatures current() {
    return new CpuFeatures(dnnl.dnnl_get_effective_cpu_isa());
  }

  /** The name of the richest known set that this one contains. */
  String name() {
    return NAMES.entrySet().stream()
        .filter(entry -> contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("generic");
  }

  /** Whether oneDNN computes with BFLOAT16 here without emulating it. */
  boolean hasBfloat16() {
    return contains(dnnl.dnnl_cpu_isa_avx512_core_bf16);
  }

  private boolean contains(int set) {
    return (bits & set) == set;
  }
}
