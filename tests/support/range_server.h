#pragma once
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <string>
#include <thread>

namespace hashimichi::tests {

/// Serves one file's bytes on 127.0.0.1 to whoever asks, whole or by range, until it is destroyed. Every path answers;
/// paths with "missing" are 404, and a silent server never answers at all.
class RangeServer {
 public:
  explicit RangeServer(std::string content, bool silent = false) : content_(std::move(content)), silent_(silent) {
    ::setenv("no_proxy", "127.0.0.1", 1);  // a proxy of the machine knows nothing of this server
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  ~RangeServer() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }
  RangeServer(const RangeServer&) = delete;
  RangeServer& operator=(const RangeServer&) = delete;

  std::string url(const std::string& name) const { return "http://127.0.0.1:" + std::to_string(port_) + "/" + name; }
  std::size_t bytesSent() const { return sent_; }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 50) <= 0) continue;
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) continue;
      while (silent_ && !stop.stop_requested()) ::usleep(20000);
      if (!silent_) answer(client);
      ::close(client);
    }
  }

  void answer(int client) {
    const timeval patience{2, 0};
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::string request(8192, '\0');
    const ssize_t got = ::recv(client, request.data(), request.size(), 0);
    if (got <= 0) return;
    request.resize(static_cast<std::size_t>(got));
    if (request.substr(0, request.find('\n')).find("missing") != std::string::npos)
      return send(client, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    std::size_t first = 0, last = content_.size() - 1;
    const std::size_t range = request.find("bytes=");
    if (range != std::string::npos) {
      const char* end = request.data() + request.size();
      const auto from = std::from_chars(request.data() + range + 6, end, first);
      if (from.ptr != end) std::from_chars(from.ptr + 1, end, last);
      last = std::min(last, content_.size() - 1);
    }
    std::string head = range == std::string::npos ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n";
    if (range != std::string::npos)
      head += "Content-Range: bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" +
              std::to_string(content_.size()) + "\r\n";
    const std::size_t length = first <= last ? last - first + 1 : 0;
    head += "Accept-Ranges: bytes\r\nConnection: close\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    send(client, request.starts_with("HEAD") ? head : head + content_.substr(std::min(first, content_.size()), length));
  }

  void send(int client, const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t gone = ::send(client, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (gone <= 0) return;
      at += static_cast<std::size_t>(gone);
      sent_ += static_cast<std::size_t>(gone);
    }
  }

  std::string content_;
  bool silent_;
  int listener_ = -1, port_ = 0;
  std::atomic<std::size_t> sent_ = 0;
  std::jthread thread_;
};

}  // namespace hashimichi::tests
