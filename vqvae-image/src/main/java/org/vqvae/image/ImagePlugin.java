package org.vqvae.image;

import java.util.List;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.MediumTools;
import org.vqvae.core.plugin.VqvaePlugin;
import org.vqvae.image.data.Cifar10Dataset;
import org.vqvae.image.data.GlyphsDataset;
import org.vqvae.image.data.IdxDataset;
import org.vqvae.image.data.ImageFolderDataset;
import org.vqvae.image.data.PictureFiles;
import org.vqvae.image.network.ResidualConvDecoder;
import org.vqvae.image.network.ResidualConvEncoder;
import org.vqvae.image.network.ResidualConvSettings;
import org.vqvae.image.report.PictureExhibits;

/** The components of this module. */
public final class ImagePlugin implements VqvaePlugin {

  @Override
  public String module() {
    return "vqvae-image";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.medium(
        new MediumTools(Pictures.MEDIUM, new PictureFiles(), new PictureExhibits(), List.of()));
    catalog.add(
        Dataset.class,
        "glyphs",
        GlyphsDataset.class,
        GlyphsDataset.Settings.class,
        GlyphsDataset.Settings::read);
    catalog.add(
        Dataset.class,
        "idx",
        IdxDataset.class,
        IdxDataset.Settings.class,
        IdxDataset.Settings::read);
    catalog.add(
        Dataset.class,
        "cifar10",
        Cifar10Dataset.class,
        Cifar10Dataset.Settings.class,
        Cifar10Dataset.Settings::read);
    catalog.add(
        Dataset.class,
        "image-folder",
        ImageFolderDataset.class,
        ImageFolderDataset.Settings.class,
        ImageFolderDataset.Settings::read);
    catalog.add(
        Encoder.class,
        "residual-conv",
        ResidualConvEncoder.class,
        ResidualConvSettings.class,
        ResidualConvSettings::read);
    catalog.add(
        Decoder.class,
        "residual-conv",
        ResidualConvDecoder.class,
        ResidualConvDecoder.Settings.class,
        ResidualConvDecoder.Settings::read);
  }
}
