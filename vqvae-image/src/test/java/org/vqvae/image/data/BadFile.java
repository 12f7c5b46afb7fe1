package org.vqvae.image.data;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Something that can be wrong with data files, and the message that it must lead to.
 *
 * @param spoil spoils the sound files in a folder
 * @param message with {@code {dir}} where the folder's path is
 */
record BadFile(String name, Consumer<Path> spoil, String message) {

  String messageFor(Path folder) {
    return message.replace("{dir}", folder.toString());
  }

  @Override
  public String toString() {
    return name;
  }
}
