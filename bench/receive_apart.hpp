#pragma once
// On loopback the sender's processor also carries each packet up into the receiver's socket, which
// over a network the receiver's machine does.

namespace geili::bench {

// Moves the process into a network of its own, with loopback alone, whose packets are received on
// `processor` (receive packet steering); children that are made afterwards are in it too. False
// without the rights of root, with one processor only, or where the kernel cannot. For a process
// that has one thread and no sockets yet.
bool receive_apart(unsigned processor);

}  // namespace geili::bench
