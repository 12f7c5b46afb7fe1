package org.vqvae.audio.data;

import java.util.List;
import org.vqvae.core.data.Field;

/**
 * What the names of files say.
 *
 * @param fields every field with all the values that it has
 * @param values the values of each file, as indices into those of the fields
 * @param indices the {@code {index}} of each file; -1 where names have none
 */
public record FileFields(List<Field> fields, List<int[]> values, int[] indices) {}
