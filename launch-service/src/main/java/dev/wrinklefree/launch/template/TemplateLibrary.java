package dev.wrinklefree.launch.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The task templates: files {@code <name>.yaml} of one directory. They are read anew for each
 * launch, so that a changed template needs no restart; only what has changed is parsed anew.
 */
public final class TemplateLibrary {

  /** A name that cannot leave the directory: no dot, no slash. */
  public static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

  private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
  private static final String SUFFIX = ".yaml";

  /** A long script, ten times over. */
  private static final int MAX_BYTES = 256 * 1024;

  private final Path directory;
  private final Set<String> scales;
  private final Map<String, Parsed> lastParsed = new ConcurrentHashMap<>();

  /** A file's text, and what was found in it. */
  private record Parsed(String text, TemplateSearch search) {}

  /**
   * The library of that directory, which need not exist yet.
   *
   * @param scales those that a header may name
   */
  public TemplateLibrary(Path directory, Set<String> scales) {
    this.directory = directory;
    this.scales = Set.copyOf(scales);
  }

  /** Where the templates are. */
  public Path directory() {
    return directory;
  }

  /** Whether a template may be called so. */
  public static boolean isLegal(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Looks for a template; an illegal name is missing.
   *
   * @throws UncheckedIOException if its file cannot be read just now: that says nothing about the
   *     template, and no request is to be rejected for it
   */
  public TemplateSearch find(String name) {
    if (!isLegal(name) || name.equals(TaskTemplate.FOREIGN)) {
      return new TemplateSearch.Missing();
    }
    Path file = directory.resolve(name + SUFFIX);
    if (!Files.isRegularFile(file)) {
      return new TemplateSearch.Missing();
    }
    try {
      // Links within the directory are how Kubernetes mounts files.
      if (!file.toRealPath().startsWith(directory.toRealPath())) {
        return new TemplateSearch.Unusable("its file is a link that leaves the directory");
      }
      if (Files.size(file) > MAX_BYTES) {
        return new TemplateSearch.Unusable("its file has more than " + MAX_BYTES + " bytes");
      }
      return parsed(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      return new TemplateSearch.Unusable("its file is no UTF-8 text");
    } catch (NoSuchFileException e) {
      return new TemplateSearch.Missing();
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + name + " cannot be read just now", e);
    }
  }

  private TemplateSearch parsed(String name, String text) {
    Parsed last = lastParsed.get(name);
    if (last != null && last.text().equals(text)) {
      return last.search();
    }
    TemplateSearch search = withKnownScales(TemplateReader.read(name, text));
    lastParsed.put(name, new Parsed(text, search));
    return search;
  }

  private TemplateSearch withKnownScales(TemplateSearch search) {
    if (search instanceof TemplateSearch.Found found) {
      for (String scale : found.template().header().scales()) {
        if (!scales.contains(scale)) {
          return new TemplateSearch.Unusable(
              "its header names the scale " + scale + ", which there is not");
        }
      }
    }
    return search;
  }

  /** Reads a task that a request brings in place of a template's name; it is never missing. */
  public static TemplateSearch foreign(String yaml) {
    return TemplateReader.readForeign(yaml);
  }

  /** Names of the templates that there are, in order. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(name -> isLegal(name) && !name.equals(TaskTemplate.FOREIGN))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
