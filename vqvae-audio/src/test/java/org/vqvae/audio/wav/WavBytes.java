package org.vqvae.audio.wav;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ObjIntConsumer;

/** WAV files chunk by chunk, sound ones and others. */
@SuppressWarnings("ByteBufferBackingArray") // the buffers here are whole arrays
public final class WavBytes {
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

  /** A file of 16 bit PCM. */
  public static byte[] pcm16(int rate, int channels, int... samples) {
    return new WavBytes()
        .format(1, channels, rate, 16)
        .data(2, samples, (bytes, x) -> bytes.putShort((short) x))
        .file();
  }

  /** A file of 32 bit float, mono. */
  public static byte[] floats(int rate, float... samples) {
    ByteBuffer data = little(4 * samples.length);
    for (float sample : samples) {
      data.putFloat(sample);
    }
    return new WavBytes().format(3, 1, rate, 32).chunk("data", data.array()).file();
  }

  public WavBytes format(int format, int channels, int rate, int bits) {
    return chunk("fmt ", formatChunk(format, channels, rate, bits));
  }

  public static byte[] formatChunk(int format, int channels, int rate, int bits) {
    int frame = channels * bits / 8;
    return little(16)
        .putShort((short) format)
        .putShort((short) channels)
        .putInt(rate)
        .putInt(rate * frame)
        .putShort((short) frame)
        .putShort((short) bits)
        .array();
  }

  /** WAVE_FORMAT_EXTENSIBLE of a format given by the first bytes of a GUID. */
  public WavBytes extensible(long guidBegin, int channels, int rate, int bits) {
    ByteBuffer chunk = little(40).put(formatChunk(0xfffe, channels, rate, bits));
    chunk.putShort((short) 22).putShort((short) bits).putInt(0);
    return chunk("fmt ", chunk.putLong(guidBegin).putLong(0x719b3800aa000080L).array());
  }

  public WavBytes data(int sampleBytes, int[] samples, ObjIntConsumer<ByteBuffer> put) {
    ByteBuffer data = little(sampleBytes * samples.length);
    for (int sample : samples) {
      put.accept(data, sample);
    }
    return chunk("data", data.array());
  }

  /** A chunk, and a byte more if its size is odd. */
  public WavBytes chunk(String id, byte[] content) {
    return chunk(id, content.length, content);
  }

  /** A chunk whose header promises another size than it has. */
  public WavBytes chunk(String id, int promised, byte[] content) {
    chunks.writeBytes(id.getBytes(US_ASCII));
    chunks.writeBytes(little(4).putInt(promised).array());
    chunks.writeBytes(content);
    chunks.writeBytes(new byte[content.length % 2]);
    return this;
  }

  public byte[] file() {
    return file("RIFF", "WAVE");
  }

  public byte[] file(String magic, String form) {
    return little(12 + chunks.size())
        .put(magic.getBytes(US_ASCII))
        .putInt(4 + chunks.size())
        .put(form.getBytes(US_ASCII))
        .put(chunks.toByteArray())
        .array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
