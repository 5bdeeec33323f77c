#include "app/desktop/gui_frame.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "app/desktop/fonts.h"
#include "app/desktop/theme.h"

namespace hashimichi::app {

Result<std::unique_ptr<GuiFrame>> GuiFrame::create(Window& window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // the regions are the session's, not a file in the current folder
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
  ImGui_ImplOpenGL3_Init("#version 150");
  std::unique_ptr<GuiFrame> frame(new GuiFrame(window));
  if (Status built = buildFonts(window.contentScale()); !built) return built.error();
  frame->scale_ = window.contentScale();
  applyTheme(frame->theme_, frame->scale_);
  return frame;
}

GuiFrame::~GuiFrame() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
}

void GuiFrame::begin(ThemeId theme, double text_scale) {
  const float wanted = window_.contentScale() * static_cast<float>(text_scale);
  if (wanted != scale_) {
    scale_ = wanted;
    (void)buildFonts(scale_);  // the font was there at the start
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
    applyTheme(theme, scale_);
  } else if (theme != theme_) {
    applyTheme(theme, scale_);
  }
  theme_ = theme;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void GuiFrame::end() {
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace hashimichi::app
