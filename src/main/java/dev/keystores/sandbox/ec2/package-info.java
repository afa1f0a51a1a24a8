/** The part of a VPC that custom key stores depend on: subnets, security groups, VPC endpoint services. */
@NullMarked
package dev.keystores.sandbox.ec2;

import org.jspecify.annotations.NullMarked;
