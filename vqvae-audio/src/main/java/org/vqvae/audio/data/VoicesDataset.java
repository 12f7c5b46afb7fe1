package org.vqvae.audio.data;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.vqvae.audio.Sounds;
import org.vqvae.core.DataSpec;
import org.vqvae.core.config.ConfigReader;
import org.vqvae.core.config.KebabCase;
import org.vqvae.core.data.Dataset;
import org.vqvae.core.data.Examples;
import org.vqvae.core.data.Field;
import org.vqvae.core.data.Split;
import org.vqvae.core.data.StoredSplits;
import org.vqvae.core.kernel.Workers;
import org.vqvae.core.random.RandomStream;

/**
 * A data set that needs no files: five vowels said by six speakers at 8 kHz, synthesized from a
 * seed.
 *
 * <p>Speakers, who are the classes, differ in pitch, in the length of their vocal tract and in
 * breath. Pitch, its course, timing, loudness and formants vary from example to example, so that
 * codes have something to say. Every example follows from (seed, split, index) alone: asking for
 * more of them changes none.
 */
public final class VoicesDataset implements Dataset {
  private static final List<Field> FIELDS =
      List.of(
          new Field("speaker", names(Speaker.values())), new Field("vowel", names(Vowel.values())));

  private final StoredSplits splits;

  /**
   * The examples' number and form.
   *
   * @param train how many examples to train on
   * @param validation how many to validate on
   * @param test how many to test on
   * @param length of an example, in samples
   * @param seed chooses the examples; apart from the experiment's seed, so that experiments of
   *     several seeds share data
   */
  public record Settings(int train, int validation, int test, int length, int seed) {

    public static Settings read(ConfigReader in) {
      return new Settings(
          in.integer("train").atLeast(1),
          in.integer("validation").atLeast(1),
          in.integer("test").atLeast(1),
          in.integer("length").between(1_024, 65_536),
          in.integer("seed").atLeast(0));
    }
  }

  @Inject
  public VoicesDataset(Settings settings, Workers workers) {
    splits =
        new StoredSplits(
            Sounds.spec(settings.length, VoiceSynthesizer.SAMPLE_RATE, FIELDS.get(0).values()),
            FIELDS,
            say(Split.TRAIN, settings.train, settings, workers),
            say(Split.VALIDATION, settings.validation, settings, workers),
            say(Split.TEST, settings.test, settings, workers));
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(KebabCase::of).toList();
  }

  private static Windows say(Split split, int count, Settings settings, Workers workers) {
    String name = "voices/" + KebabCase.of(split) + "/";
    StoredSound[] sounds = new StoredSound[count];
    workers.run(
        count,
        (i, worker, progress) ->
            sounds[i] = say(i, RandomStream.of(settings.seed, name + i), settings.length));
    return new Windows(settings.length, FIELDS, List.of(sounds));
  }

  /** Speakers take turns, and then vowels. */
  private static StoredSound say(int index, RandomStream random, int length) {
    int speakers = Speaker.values().length;
    int speaker = index % speakers;
    int vowel = index / speakers % Vowel.values().length;
    VoiceSynthesizer voice =
        new VoiceSynthesizer(
            List.of(Speaker.values()).get(speaker), List.of(Vowel.values()).get(vowel), random);
    return new StoredSound(voice.say(length), speaker, new int[] {speaker, vowel});
  }

  @Override
  public DataSpec spec() {
    return splits.spec();
  }

  @Override
  public List<Field> fields() {
    return splits.fields();
  }

  @Override
  public Examples examples(Split split) {
    return splits.examples(split);
  }

  @Override
  public String fingerprint() {
    return splits.fingerprint();
  }
}
