package org.vqvae.core.model;

import com.google.inject.Inject;
import org.vqvae.core.CodeShape;
import org.vqvae.core.Conditions;
import org.vqvae.core.IncompatibleException;
import org.vqvae.core.Prior;
import org.vqvae.core.Scope;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.nn.PriorNetwork;

/** No prior: the experiment ends with the autoencoder, as one without codes must. */
public final class NoPrior implements Prior {

  /** No settings. */
  public record Settings() {
    public static Settings read(ConfigReader in) {
      return new Settings();
    }
  }

  @Inject
  public NoPrior() {}

  @Override
  public PriorNetwork build(CodeShape codes, Conditions conditions, Scope scope) {
    throw new IncompatibleException(
        "this experiment has no prior (prior = none), so nothing can be drawn from one; choose a"
            + " prior (vqvae list)");
  }
}
