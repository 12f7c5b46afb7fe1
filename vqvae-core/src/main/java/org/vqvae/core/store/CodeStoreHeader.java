package org.vqvae.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a code store, little-endian: magic (8 bytes), format, header length, CRC-32C
 * of the header with this field zero, complete (1 or 0), JSON length, 0 (4 bytes each); the JSON;
 * one CRC-32C per block of the payload; zero bytes up to a multiple of 8. The payload follows:
 * packed codes, then packed labels.
 *
 * @param length the bytes of the header
 */
record CodeStoreHeader(CodeStoreInfo info, boolean complete, int[] blockSums, int length) {
  /** Bytes of the payload under one checksum. */
  static final int BLOCK = 1 << 20;

  private static final long MAGIC = 0x0A53_4544_4F43_5156L; // "VQCODES\n"
  private static final int FIXED = 32;
  private static final int CRC_AT = 16;
  private static final int ALIGNMENT = 8;

  static CodeStoreHeader unfinished(CodeStoreInfo info) {
    int blocks = Math.toIntExact(blocks(info));
    long length = length(info.json().getBytes(UTF_8).length, blocks);
    return new CodeStoreHeader(info, false, new int[blocks], Math.toIntExact(length));
  }

  /** The same once all of the payload is written. */
  CodeStoreHeader finished() {
    return new CodeStoreHeader(info, true, blockSums, length);
  }

  private static long blocks(CodeStoreInfo info) {
    return (info.payloadBytes() + BLOCK - 1) / BLOCK;
  }

  private static long length(long json, long blocks) {
    return (FIXED + json + Integer.BYTES * blocks + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  ByteBuffer encode() {
    byte[] json = info.json().getBytes(UTF_8);
    ByteBuffer bytes = allocate(length);
    bytes.putLong(MAGIC).putInt(Formats.CURRENT).putInt(length).putInt(0);
    bytes.putInt(complete ? 1 : 0).putInt(json.length).putInt(0).put(json);
    for (int sum : blockSums) {
      bytes.putInt(sum);
    }
    bytes.rewind().putInt(CRC_AT, crc(bytes.duplicate()));
    return bytes;
  }

  /**
   * Reads and checks the header, and that the file has the size that it says.
   *
   * @throws StoreException if anything is wrong, or the writer did not come to the end
   */
  static CodeStoreHeader read(FileChannel channel, String where) throws IOException {
    ByteBuffer bytes = readChecked(channel, where);
    boolean complete = bytes.getInt(CRC_AT + 4) == 1;
    int json = bytes.getInt(CRC_AT + 8);
    check(
        json >= 0 && json <= bytes.capacity() - FIXED, where, "its description has %d bytes", json);
    String text = UTF_8.decode(bytes.slice(FIXED, json)).toString();
    CodeStoreInfo info = CodeStoreInfo.parse(text, where);
    if (!complete) {
      throw new StoreException(
          "%s: was not finished: the program stopped before all %d examples were written; extract the codes again"
              .formatted(where, info.examples()));
    }
    long blocks = blocks(info);
    check(
        length(json, blocks) == bytes.capacity(),
        where,
        "its header has %d bytes",
        bytes.capacity());
    long size = bytes.capacity() + info.payloadBytes();
    check(channel.size() == size, where, "it has %d bytes instead of %d", channel.size(), size);
    int[] sums = new int[(int) blocks];
    Arrays.setAll(sums, i -> bytes.getInt(FIXED + json + Integer.BYTES * i));
    return new CodeStoreHeader(info, true, sums, bytes.capacity());
  }

  /** The whole header, once its magic, format, length and checksum are right. */
  private static ByteBuffer readChecked(FileChannel channel, String where) throws IOException {
    long size = channel.size();
    check(size >= FIXED, where, "it has %d bytes but a header needs %d", size, FIXED);
    ByteBuffer fixed = allocate(FIXED);
    Safetensors.readFully(channel, fixed);
    check(fixed.getLong(0) == MAGIC, where, "it does not begin like one");
    Formats.check(where, fixed.getInt(8));
    int length = fixed.getInt(12);
    check(
        length >= FIXED && length <= size,
        where,
        "it has %d bytes but its header %d",
        size,
        length);
    ByteBuffer header = allocate(length);
    header.put(fixed.flip());
    Safetensors.readFully(channel, header);
    int expected = header.getInt(CRC_AT);
    header.putInt(CRC_AT, 0);
    check(crc(header.rewind()) == expected, where, "its header does not match its checksum");
    return header;
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static void check(boolean holds, String where, String otherwise, Object... values) {
    if (!holds) {
      throw new StoreException(
          where
              + ": damaged or not a code store: "
              + otherwise.formatted(values)
              + "; extract the codes again");
    }
  }

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
