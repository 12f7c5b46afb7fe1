package org.vqvae.audio.wav;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How a WAV file holds one sample. Whole numbers become x / 2^(bits - 1); 8 bit is unsigned. */
enum Coding {
  PCM_8(Coding.PCM, 8) {
    @Override
    float sample(ByteBuffer bytes, int at) {
      return ((bytes.get(at) & 0xff) - 128) / 128f;
    }
  },
  PCM_16(Coding.PCM, 16) {
    @Override
    float sample(ByteBuffer bytes, int at) {
      return bytes.getShort(at) / 32768f;
    }
  },
  PCM_24(Coding.PCM, 24) {
    @Override
    float sample(ByteBuffer bytes, int at) {
      return ((bytes.getShort(at) & 0xffff) | (bytes.get(at + 2) << 16)) / 8388608f;
    }
  },
  PCM_32(Coding.PCM, 32) {
    @Override
    float sample(ByteBuffer bytes, int at) {
      return bytes.getInt(at) / 0x1p31f;
    }
  },
  FLOAT_32(Coding.FLOAT, 32) {
    @Override
    float sample(ByteBuffer bytes, int at) {
      return bytes.getFloat(at);
    }
  };

  static final int PCM = 1;
  static final int FLOAT = 3;

  private final int format;
  private final int bits;

  Coding(int format, int bits) {
    this.format = format;
    this.bits = bits;
  }

  static Optional<Coding> of(int format, int bits) {
    return Arrays.stream(values()).filter(c -> c.format == format && c.bits == bits).findFirst();
  }

  int bytes() {
    return bits / Byte.SIZE;
  }

  abstract float sample(ByteBuffer bytes, int at);
}
