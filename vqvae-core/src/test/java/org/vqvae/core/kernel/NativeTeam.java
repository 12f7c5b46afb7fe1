package org.vqvae.core.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Kernels "native" with a team of several threads: what a team computes can be checked in DOUBLE.
 */
public final class NativeTeam {
  private NativeTeam() {}

  /** Makes the kernels; the caller closes them. */
  public static Kernels of(int members) {
    Kernels kernels = new NativeKernels();
    ThreadTeam team = new ThreadTeam(Collections.nCopies(members, kernels));
    return (Kernels)
        Proxy.newProxyInstance(
            NativeTeam.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) ->
                method.getName().equals("team") ? team : call(kernels, team, method, arguments));
  }

  private static @Nullable Object call(
      Kernels kernels, ThreadTeam team, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      team.close();
    }
    try {
      return method.invoke(kernels, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
