package dev.relay.app.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The knowledge base.
 *
 * @param dir the folder of articles; empty: the sample
 * @param language the language of articles that do not name theirs
 */
public record KnowledgeSettings(Optional<Path> dir, Locale language) {}
