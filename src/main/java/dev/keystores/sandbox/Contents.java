package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Seen;
import java.util.List;

/** All there is at one moment, without a secret: by account and Region, and outside AWS. */
public record Contents(List<Seen.World> worlds, List<SeenProxy> proxies) {}
