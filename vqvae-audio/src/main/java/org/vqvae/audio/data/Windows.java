package org.vqvae.audio.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.vqvae.core.DataSpec;
import org.vqvae.core.data.ContentDigest;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.StoredExamples;
import org.vqvae.core.random.RandomStream;

/**
 * Sounds cut into consecutive windows of one length. The last window of each is filled up with
 * silence, so that every sample is in one example. Training sees windows that begin anywhere.
 */
final class Windows implements StoredExamples {
  private static final float SCALE = 1 / 32768f;

  private final int length;
  private final List<Field> fields;
  private final StoredSound[] sounds;
  private final int[] starts;

  Windows(int length, List<Field> fields, List<StoredSound> all) {
    this.length = length;
    this.fields = fields;
    int count = all.stream().mapToInt(sound -> count(sound, length)).reduce(0, Math::addExact);
    this.sounds = new StoredSound[count];
    this.starts = new int[count];
    int next = 0;
    for (StoredSound sound : all) {
      for (int i = 0; i < count(sound, length); i++, next++) {
        sounds[next] = sound;
        starts[next] = i * length;
      }
    }
  }

  private static int count(StoredSound sound, int length) {
    return (sound.samples().length + length - 1) / length;
  }

  @Override
  public int size() {
    return starts.length;
  }

  @Override
  public void read(int index, float[] into, int offset) {
    read(sounds[index].samples(), starts[index], into, offset);
  }

  /** A window that begins anywhere in its sound, as long as that fills it. */
  @Override
  public int readCrop(int index, DataSpec spec, RandomStream random, float[] into, int offset) {
    short[] samples = sounds[index].samples();
    int start = random.nextInt(Math.max(0, samples.length - length) + 1);
    read(samples, start, into, offset);
    return Math.min(length, samples.length - start);
  }

  @Override
  public int positions(int index, DataSpec spec) {
    return Math.min(length, sounds[index].samples().length - starts[index]);
  }

  private void read(short[] samples, int start, float[] into, int offset) {
    Objects.checkFromIndexSize(offset, length, into.length);
    int here = Math.min(length, samples.length - start);
    for (int i = 0; i < here; i++) {
      into[offset + i] = samples[start + i] * SCALE;
    }
    Arrays.fill(into, offset + here, offset + length, 0);
  }

  @Override
  public int label(int index) {
    return sounds[index].label();
  }

  @Override
  public int label(Field field, int index) {
    int which = fields.indexOf(field);
    if (which < 0) {
      throw new IllegalArgumentException("there is no field " + field.name());
    }
    return sounds[index].values()[which];
  }

  @Override
  public void digest(int index, ContentDigest digest) {
    StoredSound sound = sounds[index];
    int start = starts[index];
    int end = Math.min(start + length, sound.samples().length);
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * (end - start));
    bytes.asShortBuffer().put(sound.samples(), start, end - start);
    digest.add(bytes.array());
    Arrays.stream(sound.values()).forEach(digest::add);
  }
}
