#include "media/webrtc/udp_port.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geili::media::webrtc {
namespace {

constexpr int kSocketBufferBytes = 4 * 1024 * 1024;
constexpr int kRoundsMax = 16;  // of recvmmsg in one receive()
constexpr std::size_t kControlBytes = 128;

[[noreturn]] void throw_errno(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

sockaddr* as_sockaddr(sockaddr_storage& storage) {
  return static_cast<sockaddr*>(static_cast<void*>(&storage));
}

template <class T>
T read_as(const void* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

// Returns the length that the kernel wants with it.
socklen_t write_address(sockaddr_storage& out, const IpAddress& ip, std::uint16_t port,
                        bool is_v6) {
  out = {};
  if (!is_v6) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&v4.sin_addr, ip.octets.data(), sizeof v4.sin_addr);
    std::memcpy(&out, &v4, sizeof v4);
    return sizeof v4;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  if (ip.family == IpFamily::v6) {
    std::memcpy(&v6.sin6_addr, ip.octets.data(), sizeof v6.sin6_addr);
  } else {
    v6.sin6_addr.s6_addr[10] = v6.sin6_addr.s6_addr[11] = 0xFF;
    std::memcpy(&v6.sin6_addr.s6_addr[12], ip.octets.data(), 4);
  }
  std::memcpy(&out, &v6, sizeof v6);
  return sizeof v6;
}

template <class Field>
IpAddress ip_of(const Field& field) {
  return *IpAddress::from_bytes(std::as_bytes(std::span(&field, 1)));
}

TransportAddress read_address(const sockaddr_storage& storage) {
  if (storage.ss_family == AF_INET) {
    const auto v4 = read_as<sockaddr_in>(&storage);
    return {ip_of(v4.sin_addr), ntohs(v4.sin_port), Transport::udp};
  }
  const auto v6 = read_as<sockaddr_in6>(&storage);
  return {ip_of(v6.sin6_addr), ntohs(v6.sin6_port), Transport::udp};
}

// What came beside a datagram: the address it was sent to, and the size of merged ones.
struct Beside {
  IpAddress local;
  std::size_t segment_bytes = 0;
};

Beside read_control(msghdr& header) {
  Beside beside;
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      beside.local = ip_of(read_as<in_pktinfo>(CMSG_DATA(c)).ipi_addr);
    } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
      beside.local = ip_of(read_as<in6_pktinfo>(CMSG_DATA(c)).ipi6_addr);
    } else if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) {
      beside.segment_bytes = static_cast<std::size_t>(read_as<int>(CMSG_DATA(c)));
    }
  }
  return beside;
}

template <class T>
void add_control(msghdr& header, std::span<char> room, int level, int type, const T& value) {
  const std::size_t used = header.msg_controllen;
  assert(used + CMSG_SPACE(sizeof value) <= room.size());
  header.msg_control = room.data();
  cmsghdr head{};
  head.cmsg_level = level;
  head.cmsg_type = type;
  head.cmsg_len = CMSG_LEN(sizeof value);
  std::memcpy(room.data() + used, &head, sizeof head);
  std::memcpy(room.data() + used + CMSG_LEN(0), &value, sizeof value);
  header.msg_controllen = used + CMSG_SPACE(sizeof value);
}

void add_local(msghdr& header, std::span<char> room, const IpAddress& local, bool is_v6) {
  if (!is_v6) {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, local.octets.data(), sizeof info.ipi_spec_dst);
    return add_control(header, room, IPPROTO_IP, IP_PKTINFO, info);
  }
  sockaddr_storage mapped;
  write_address(mapped, local, 0, true);
  in6_pktinfo info{};
  info.ipi6_addr = read_as<sockaddr_in6>(&mapped).sin6_addr;
  add_control(header, room, IPPROTO_IPV6, IPV6_PKTINFO, info);
}

bool set(int fd, int level, int option, int value) {
  return ::setsockopt(fd, level, option, &value, sizeof value) == 0;
}

bool is_unset(const IpAddress& ip) {
  return std::ranges::all_of(ip.octets, [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

UdpPort::UdpPort(UdpSettings settings)
    : settings_(std::move(settings)),
      is_v6_(settings_.address.family == IpFamily::v6),
      segments_(settings_.segmentation),
      buffer_(kMessages * kMessageBytesMax) {
  fd_ = ::socket(is_v6_ ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) throw_errno("UDP socket");
  set(fd_, SOL_SOCKET, SO_REUSEPORT, 1);
  // The kernel caps both at its own limits (net.core.[rw]mem_max).
  set(fd_, SOL_SOCKET, SO_RCVBUF, kSocketBufferBytes);
  set(fd_, SOL_SOCKET, SO_SNDBUF, kSocketBufferBytes);
  if (is_v6_) {
    set(fd_, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    set(fd_, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
  } else {
    set(fd_, IPPROTO_IP, IP_PKTINFO, 1);
  }
  if (segments_) set(fd_, SOL_UDP, UDP_GRO, 1);
  sockaddr_storage storage;
  socklen_t size = write_address(storage, settings_.address, settings_.port, is_v6_);
  if (::bind(fd_, as_sockaddr(storage), size) != 0) {
    const int error = errno;
    ::close(fd_);
    throw std::system_error(error, std::generic_category(),
                            "UDP port " + std::to_string(settings_.port));
  }
  size = sizeof storage;
  ::getsockname(fd_, as_sockaddr(storage), &size);
  port_ = read_address(storage).port;
}

UdpPort::~UdpPort() {
  ::close(fd_);
}

void UdpPort::split(std::span<std::byte> bytes, std::size_t segment_bytes, const UdpPath& path,
                    const Each& each) {
  if (segment_bytes == 0) segment_bytes = std::max<std::size_t>(bytes.size(), 1);
  while (!bytes.empty()) {
    const auto one = bytes.first(std::min(segment_bytes, bytes.size()));
    bytes = bytes.subspan(one.size());
    ++figures_.received_packets;
    figures_.received_bytes += one.size();
    each(one, path);
  }
}

bool UdpPort::receive(const Each& each) {
  std::array<mmsghdr, kMessages> messages{};
  std::array<iovec, kMessages> vectors{};
  std::array<sockaddr_storage, kMessages> names;
  alignas(cmsghdr) std::array<std::array<char, kControlBytes>, kMessages> controls;
  for (int round = 0; round < kRoundsMax; ++round) {
    for (std::size_t i = 0; i < kMessages; ++i) {
      vectors[i] = {buffer_.data() + i * kMessageBytesMax, kMessageBytesMax};
      messages[i].msg_hdr = {.msg_name = &names[i],
                             .msg_namelen = sizeof names[i],
                             .msg_iov = &vectors[i],
                             .msg_iovlen = 1,
                             .msg_control = controls[i].data(),
                             .msg_controllen = kControlBytes,
                             .msg_flags = 0};
    }
    // Errors of earlier sends (ICMP) are reported here as well; they are nobody's in particular.
    const int count = ::recvmmsg(fd_, messages.data(), kMessages, 0, nullptr);
    if (count <= 0) return false;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      const Beside beside = read_control(messages[i].msg_hdr);
      const UdpPath path{read_address(names[i]), beside.local};
      split(std::span(buffer_).subspan(i * kMessageBytesMax, messages[i].msg_len),
            beside.segment_bytes, path, each);
    }
    if (static_cast<std::size_t>(count) < kMessages) return false;
  }
  return true;
}

// False when the kernel refuses to cut the bytes into segments.
bool UdpPort::send_message(const UdpPath& path, ByteView bytes, std::size_t segment_bytes) {
  sockaddr_storage name;
  iovec vector{const_cast<std::byte*>(bytes.data()), bytes.size()};
  alignas(cmsghdr) std::array<char, kControlBytes> control{};
  msghdr header{};
  header.msg_name = &name;
  header.msg_namelen = write_address(name, path.remote.ip, path.remote.port, is_v6_);
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  if (!is_unset(path.local)) add_local(header, control, path.local, is_v6_);
  const bool is_segmented = bytes.size() > segment_bytes;
  if (is_segmented) {
    add_control(header, control, SOL_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(segment_bytes));
  }
  ++figures_.send_calls;
  const std::size_t packets = (bytes.size() + segment_bytes - 1) / segment_bytes;
  if (::sendmsg(fd_, &header, 0) >= 0) {
    figures_.sent_packets += packets;
    figures_.sent_bytes += bytes.size();
    return true;
  }
  if (is_segmented && (errno == EINVAL || errno == EIO || errno == ENOPROTOOPT)) return false;
  figures_.dropped_packets += packets;
  return true;
}

void UdpPort::send(const UdpPath& path, ByteView packets, std::size_t segment_bytes) {
  assert(segment_bytes > 0 && packets.size() <= kBatchBytesMax);
  assert(packets.size() <= segment_bytes * kSegmentsMax);
  if (packets.empty()) return;
  if (segments_ || packets.size() <= segment_bytes) {
    if (send_message(path, packets, segment_bytes)) return;
    segments_ = false;
    if (settings_.log) settings_.log(std::strerror(errno));
  }
  while (!packets.empty()) {
    const ByteView one = packets.first(std::min(segment_bytes, packets.size()));
    packets = packets.subspan(one.size());
    send_message(path, one, one.size());
  }
}

std::span<std::byte> UdpBatch::slot(std::size_t bytes_max) {
  assert(bytes_max <= buffer_.size());
  const bool is_full = segments_ == UdpPort::kSegmentsMax ||
                       used_bytes_ + std::max(bytes_max, segment_bytes_) > buffer_.size();
  if (is_full) flush();
  return std::span(buffer_).subspan(used_bytes_);
}

void UdpBatch::commit(std::size_t bytes) {
  assert(bytes > 0 && used_bytes_ + bytes <= buffer_.size());
  if (segments_ > 0 && bytes > segment_bytes_) {
    // It does not fit behind the others: they go first, it begins the next batch.
    const std::size_t at = used_bytes_;
    flush();
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at), bytes, buffer_.begin());
  }
  if (segments_ == 0) segment_bytes_ = bytes;
  used_bytes_ += bytes;
  ++segments_;
  if (bytes < segment_bytes_) flush();  // only the last one may be shorter
}

void UdpBatch::flush() {
  if (segments_ > 0) port_.send(path_, ByteView(buffer_).first(used_bytes_), segment_bytes_);
  used_bytes_ = segments_ = segment_bytes_ = 0;
}

}  // namespace geili::media::webrtc
