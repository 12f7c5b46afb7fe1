package org.vqvae.audio;

import org.vqvae.audio.data.VoicesDataset;
import org.vqvae.audio.data.WavFolderDataset;
import org.vqvae.audio.data.WavSettings;
import org.vqvae.audio.data.WavZipDataset;
import org.vqvae.audio.network.StridedConvEncoder;
import org.vqvae.audio.network.StridedSettings;
import org.vqvae.audio.network.TransposedConvDecoder;
import org.vqvae.audio.network.WaveNetDecoder;
import org.vqvae.audio.report.SoundExhibits;
import org.vqvae.audio.report.SoundKeys;
import org.vqvae.audio.wav.SoundFiles;
import org.vqvae.core.Decoder;
import org.vqvae.core.Encoder;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.plugin.Catalog;
import org.vqvae.core.plugin.MediumTools;
import org.vqvae.core.plugin.VqvaePlugin;

/** The components of this module. */
public final class AudioPlugin implements VqvaePlugin {

  @Override
  public String module() {
    return "vqvae-audio";
  }

  @Override
  public void register(Catalog.Builder catalog) {
    catalog.medium(
        new MediumTools(Sounds.MEDIUM, new SoundFiles(), new SoundExhibits(), SoundKeys.ALL));
    catalog.add(
        Encoder.class,
        "strided-conv1d",
        StridedConvEncoder.class,
        StridedSettings.class,
        StridedSettings::read);
    catalog.add(
        Decoder.class,
        "conv1d",
        TransposedConvDecoder.class,
        TransposedConvDecoder.Settings.class,
        TransposedConvDecoder.Settings::read);
    catalog.add(
        Decoder.class,
        "wavenet",
        WaveNetDecoder.class,
        WaveNetDecoder.Settings.class,
        WaveNetDecoder.Settings::read);
    catalog.add(
        Dataset.class,
        "voices",
        VoicesDataset.class,
        VoicesDataset.Settings.class,
        VoicesDataset.Settings::read);
    catalog.add(
        Dataset.class, "wav-folder", WavFolderDataset.class, WavSettings.class, WavSettings::read);
    catalog.add(
        Dataset.class, "wav-zip", WavZipDataset.class, WavSettings.class, WavSettings::read);
  }
}
