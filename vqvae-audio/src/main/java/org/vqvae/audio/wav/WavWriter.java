package org.vqvae.audio.wav;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.vqvae.core.store.AtomicFile;

/** Writes WAV files of 16 bit PCM, mono. */
public final class WavWriter {
  private static final int HEADER = 44;

  private WavWriter() {}

  /** Writes a file all or nothing; values beyond -1...+1 are cut off. */
  public static void write(Path file, Sound sound) {
    AtomicFile.write(file, bytes(sound));
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if a sample is not a number
   */
  public static byte[] bytes(Sound sound) {
    int data = Math.multiplyExact(sound.samples().length, Short.BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER, data)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(US_ASCII)).putInt(HEADER - 8 + data);
    bytes.put("WAVEfmt ".getBytes(US_ASCII)).putInt(16);
    bytes.putShort((short) Coding.PCM).putShort((short) 1).putInt(sound.sampleRate());
    bytes
        .putInt(sound.sampleRate() * Short.BYTES)
        .putShort((short) Short.BYTES)
        .putShort((short) 16);
    bytes.put("data".getBytes(US_ASCII)).putInt(data);
    for (float sample : sound.samples()) {
      bytes.putShort(toShort(sample));
    }
    return bytes.array();
  }

  /** The nearest of the 65,536 levels s / 32768. */
  public static short toShort(float sample) {
    if (Float.isNaN(sample)) {
      throw new IllegalArgumentException("a sample is NaN");
    }
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * 32768)));
  }
}
