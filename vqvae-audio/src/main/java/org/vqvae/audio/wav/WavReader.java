package org.vqvae.audio.wav;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.vqvae.core.data.DataException;
import org.vqvae.core.data.UnusableFileException;

/**
 * Reads WAV files: PCM of 8, 16, 24 or 32 bit and 32 bit float, plain or extensible, of any number
 * of channels, which are mixed down to their mean. Chunks other than {@code fmt} and {@code data}
 * are passed over. What a header promises has to be there.
 *
 * <p>Formats: see {@link WavFormat}.
 */
public final class WavReader {
  /** The largest file, in bytes, that is read. */
  public static final int LARGEST = 1 << 30;

  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /** Float files may exceed full scale; this far beyond it (24 dB) they hold something else. */
  private static final float LOUDEST = 16;

  private WavReader() {}

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be used, saying why
   */
  public static Sound read(Path file) {
    try {
      return parse(bytes(file));
    } catch (UnusableFileException e) {
      throw DataException.of(
          file, String.valueOf(e.getMessage()), "Convert or repair it, or choose another file");
    }
  }

  /** The content of a file. */
  public static byte[] bytes(Path file) throws UnusableFileException {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new UnusableFileException(
            "has %d bytes, but at most %d are read".formatted(size, LARGEST));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnusableFileException("no such file");
    } catch (IOException e) {
      throw new UnusableFileException("cannot be read (" + e + ")");
    }
  }

  /** Reads the content of a file. */
  public static Sound parse(byte[] content) throws UnusableFileException {
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    checkStart(content);
    WavFormat format = null;
    long next = HEADER;
    while (next + CHUNK_HEADER <= content.length) {
      int at = (int) next;
      String id = text(content, at, 4);
      long size = Integer.toUnsignedLong(file.getInt(at + 4));
      checkSize(id, size, content.length - at - CHUNK_HEADER);
      if (id.equals("fmt ")) {
        format = WavFormat.parse(chunk(file, at, (int) size));
      } else if (id.equals("data")) {
        return sound(format, chunk(file, at, (int) size));
      }
      next += CHUNK_HEADER + size + (size & 1);
    }
    throw new UnusableFileException("has no data chunk");
  }

  private static void checkStart(byte[] content) throws UnusableFileException {
    if (content.length == 0) {
      throw new UnusableFileException("is empty (0 bytes)");
    }
    String start = text(content, 0, 4);
    if (start.equals("RF64") || start.equals("BW64") || start.equals("RIFX")) {
      throw new UnusableFileException("is %s, but only RIFF is read".formatted(start));
    }
    if (!start.equals("RIFF")) {
      throw new UnusableFileException(
          "is not WAV: it should begin with RIFF but begins with 0x"
              + HexFormat.of().formatHex(content, 0, Math.min(4, content.length)));
    }
    if (content.length < HEADER) {
      throw new UnusableFileException(
          "ends within its header, after %d bytes".formatted(content.length));
    }
    String form = text(content, 8, 4);
    if (!form.equals("WAVE")) {
      throw new UnusableFileException("is RIFF of the form \"%s\", not WAVE".formatted(form));
    }
  }

  private static void checkSize(String id, long size, int left) throws UnusableFileException {
    if (size > left) {
      throw new UnusableFileException(
          "its \"%s\" chunk promises %d bytes, but only %d are left".formatted(id, size, left));
    }
  }

  private static ByteBuffer chunk(ByteBuffer file, int at, int size) {
    return file.slice(at + CHUNK_HEADER, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(byte[] content, int from, int length) {
    byte[] text = Arrays.copyOfRange(content, from, Math.min(from + length, content.length));
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] < ' ' ? (byte) '?' : text[i];
    }
    return new String(text, ISO_8859_1);
  }

  private static Sound sound(@Nullable WavFormat format, ByteBuffer data)
      throws UnusableFileException {
    if (format == null) {
      throw new UnusableFileException("has no fmt chunk before its data chunk");
    }
    int frame = format.frameBytes();
    if (data.capacity() == 0) {
      throw new UnusableFileException("holds no sound: its data chunk has 0 bytes");
    }
    if (data.capacity() % frame != 0) {
      throw new UnusableFileException(
          "its data chunk has %d bytes, which is not a multiple of %d, the size of a frame"
              .formatted(data.capacity(), frame));
    }
    float[] samples = new float[data.capacity() / frame];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = mean(format, data, i);
    }
    return new Sound(format.sampleRate(), samples);
  }

  private static float mean(WavFormat format, ByteBuffer data, int index)
      throws UnusableFileException {
    int at = index * format.frameBytes();
    double sum = 0;
    for (int c = 0; c < format.channels(); c++) {
      float sample = format.coding().sample(data, at + c * format.coding().bytes());
      if (!(Math.abs(sample) <= LOUDEST)) {
        throw new UnusableFileException(
            "sample %d of channel %d is %s, but -1 to +1 is full scale"
                .formatted(index, c, sample));
      }
      sum += sample;
    }
    return (float) Math.max(-1, Math.min(1, sum / format.channels()));
  }
}
