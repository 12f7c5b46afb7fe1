package org.vqvae.core.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest of the content of data. */
public final class ContentDigest {
  private final MessageDigest digest;

  public ContentDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public ContentDigest add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds what is between a buffer's position and its limit. */
  public ContentDigest add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  public ContentDigest add(int value) {
    return add(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
  }

  /** 64 hexadecimal digits; nothing can be added afterwards. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
