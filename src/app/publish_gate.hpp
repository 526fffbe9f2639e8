#pragma once
// Lets a publisher in by the show's stream key, as the store knows it.

#include <string>

#include "media/engine.hpp"
#include "store/database.hpp"

namespace geili::app {

class StoreGate final : public media::PublishGate {
 public:
  // `database` outlives the gate.
  explicit StoreGate(store::Database& database) : database_(database) {}
  void authorise(std::string app, std::string stream_key, Answer answer) override;

 private:
  store::Database& database_;
};

}  // namespace geili::app
