package org.vqvae.audio.wav;

import java.nio.ByteBuffer;
import java.util.Map;
import org.vqvae.core.data.UnusableFileException;

/**
 * What the {@code fmt} chunk of a WAV file says.
 *
 * <p>Microsoft and IBM 1991, "Multimedia Programming Interface and Data Specifications 1.0";
 * Microsoft's documentation of {@code WAVEFORMATEXTENSIBLE}; format numbers: RFC 2361.
 */
record WavFormat(int channels, int sampleRate, Coding coding) {
  private static final int SMALLEST = 16;
  private static final int EXTENSIBLE = 0xfffe;
  private static final int EXTENSIBLE_SIZE = 40;
  private static final int LOWEST_RATE = 1_000;
  private static final int HIGHEST_RATE = 384_000;

  /** The last 14 bytes, in two parts, of {0000xxxx-0000-0010-8000-00AA00389B71}: format xxxx. */
  private static final long GUID_MIDDLE = 0x0010_0000_0000L;

  private static final long GUID_END = 0x719b_3800_aa00_0080L;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(2, "Microsoft ADPCM"),
          Map.entry(6, "A-law"),
          Map.entry(7, "mu-law"),
          Map.entry(0x11, "IMA ADPCM"),
          Map.entry(0x31, "GSM 6.10"),
          Map.entry(0x50, "MPEG"),
          Map.entry(0x55, "MP3"),
          Map.entry(0x161, "Windows Media Audio"));

  /**
   * @param chunk little-endian
   */
  static WavFormat parse(ByteBuffer chunk) throws UnusableFileException {
    int size = chunk.capacity();
    check(size >= SMALLEST, "its fmt chunk has %d bytes, but at least 16 are needed", size);
    int format = chunk.getChar(0) == EXTENSIBLE ? subFormat(chunk) : chunk.getChar(0);
    int channels = chunk.getChar(2);
    int rate = chunk.getInt(4);
    int bits = chunk.getChar(14);
    check(
        format == Coding.PCM || format == Coding.FLOAT,
        "its sound is coded as %s (format %d), but only PCM and 32 bit float are read",
        NAMES.getOrDefault(format, "something unknown"),
        format);
    Coding coding =
        Coding.of(format, bits)
            .orElseThrow(
                () ->
                    new UnusableFileException(
                        "has %d bit %s, but PCM of 8, 16, 24 and 32 bit and 32 bit float are read"
                            .formatted(bits, format == Coding.PCM ? "PCM" : "float")));
    check(channels > 0, "its header promises 0 channels");
    check(
        rate >= LOWEST_RATE && rate <= HIGHEST_RATE,
        "its header promises %s samples a second, but %d to %d is allowed",
        Integer.toUnsignedString(rate),
        LOWEST_RATE,
        HIGHEST_RATE);
    WavFormat result = new WavFormat(channels, rate, coding);
    check(
        chunk.getChar(12) == result.frameBytes(),
        "its header promises frames of %d bytes, but %d channels of %d bit make %d",
        (int) chunk.getChar(12),
        channels,
        bits,
        result.frameBytes());
    return result;
  }

  /** WAVE_FORMAT_EXTENSIBLE says its format in the first two bytes of a GUID. */
  private static int subFormat(ByteBuffer chunk) throws UnusableFileException {
    check(
        chunk.capacity() >= EXTENSIBLE_SIZE,
        "its extensible fmt chunk has %d bytes, but at least 40 are needed",
        chunk.capacity());
    boolean known = chunk.getLong(24) >>> 16 == GUID_MIDDLE && chunk.getLong(32) == GUID_END;
    check(known, "its extensible fmt chunk names a format by an unknown GUID");
    return chunk.getChar(24);
  }

  /** The bytes of one sample of every channel. */
  int frameBytes() {
    return channels * coding.bytes();
  }

  private static void check(boolean holds, String otherwise, Object... values)
      throws UnusableFileException {
    if (!holds) {
      throw new UnusableFileException(otherwise.formatted(values));
    }
  }
}
