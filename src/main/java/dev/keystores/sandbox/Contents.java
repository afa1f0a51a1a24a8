package dev.keystores.sandbox;

import dev.keystores.sandbox.kms.Seen;
import dev.keystores.sandbox.secretsmanager.SeenSecret;
import java.util.List;

/** All there is at one moment, without the value of a secret: by account and Region, and outside AWS. */
public record Contents(List<Seen.World> worlds, List<SeenProxy> proxies, List<SeenSecret> secrets) {}
