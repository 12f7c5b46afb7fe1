package org.vqvae.core.dl4j;

import java.io.IOException;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonStreamContext;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.vqvae.core.IncompatibleException;

/**
 * Reads a network's configuration in DL4J's JSON.
 *
 * <p>The text names the classes to make. All names are looked at before DL4J sees the text, and
 * again by Jackson before it loads a class.
 */
final class NetworkJson {
  private static final int MAX_DEPTH = 100;
  private static final Set<String> CLASS_KEYS = Set.of("@class", "@type", "class", "type");

  /** Lists of names of layers and parameters. */
  private static final Set<String> NAME_LISTS =
      Set.of("networkInputs", "networkOutputs", "topologicalOrderStr", "variables", "vertexInputs");

  private final String origin;
  private final String json;
  private final AllowedClasses allowed;

  /**
   * @param origin what messages call the network, such as its file
   */
  NetworkJson(String origin, String json, AllowedClasses allowed) {
    this.origin = origin;
    this.json = json;
    this.allowed = allowed;
  }

  /**
   * What the text describes.
   *
   * @throws IncompatibleException if it is not DL4J's JSON or names a class that is not allowed
   */
  Wiring read() {
    try {
      checkClasses();
      ObjectMapper mapper =
          JsonMappers.getMapper().copy().setPolymorphicTypeValidator(allowed.validator());
      JsonNode tree = mapper.readTree(json);
      if (tree.has("confs")) {
        return new LayerWiring(mapper.readValue(json, MultiLayerConfiguration.class));
      }
      if (tree.has("vertices")) {
        return new GraphWiring(mapper.readValue(json, ComputationGraphConfiguration.class));
      }
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage());
    } catch (IOException | RuntimeException e) {
      if (e instanceof IncompatibleException refusal) {
        throw refusal;
      }
      throw unreadable(String.valueOf(e.getMessage()));
    }
    throw unreadable("it has neither \"confs\" nor \"vertices\"");
  }

  private IncompatibleException unreadable(String reason) {
    return new IncompatibleException(
        "%s: not the configuration of a DL4J network (%s): save it again with DL4J 1.0.0-M2.1, by ModelSerializer.writeModel or toJson() of its configuration"
            .formatted(origin, reason.lines().findFirst().orElse("").strip()));
  }

  /** Two keys of one name are refused too: which of them counts differs between readers. */
  private void checkClasses() throws IOException {
    JsonFactory strict = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (JsonParser parser = strict.createParser(json)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > MAX_DEPTH) {
          throw unreadable("it is nested more than " + MAX_DEPTH + " deep");
        }
        if (token == JsonToken.VALUE_STRING && namesClass(parser.getParsingContext())) {
          check(parser.getText());
        }
      }
    }
  }

  /**
   * Whether a text there is, or could be taken for, the name of a class: Jackson also takes it from
   * the head of a list.
   */
  private static boolean namesClass(JsonStreamContext place) {
    if (place.inObject()) {
      return CLASS_KEYS.contains(place.getCurrentName());
    }
    return place.inArray() && place.getCurrentIndex() == 0 && !isNameList(place.getParent());
  }

  private static boolean isNameList(@Nullable JsonStreamContext holder) {
    return holder != null
        && (isNameListKey(holder)
            || (holder.getParent() != null && isNameListKey(holder.getParent())));
  }

  private static boolean isNameListKey(JsonStreamContext place) {
    return place.getCurrentName() != null && NAME_LISTS.contains(place.getCurrentName());
  }

  private void check(String className) {
    if (!allowed.allows(className)) {
      throw new IncompatibleException(
          "%s: the network names the class \"%s\", which was not loaded: only classes of DL4J, ND4J and those that a NetworkClasses service registers are made; register it if it is yours, or leave the file alone if you do not know it"
              .formatted(origin, className));
    }
  }
}
